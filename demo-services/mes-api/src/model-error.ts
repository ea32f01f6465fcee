import { PermanentFailure } from '@hallmark/foundation';

/** A 3D model that can't be priced, with the reason as the customer may read it. */
export class ModelError extends PermanentFailure {
  constructor(message: string) {
    super(message);
    this.name = 'ModelError';
  }
}
