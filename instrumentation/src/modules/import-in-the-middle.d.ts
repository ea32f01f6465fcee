/** Parts of import-in-the-middle that have no types of their own. */
declare module 'import-in-the-middle/supports-sync-hooks.mjs' {
  /** Whether `module.registerHooks` of the running Node is right (nodejs/node#59929). */
  export function supportsSyncHooks(): boolean;
}
