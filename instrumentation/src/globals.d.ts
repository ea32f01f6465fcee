/** Set by build.mjs. */
declare const HALLMARK_VERSION: string;
declare const HALLMARK_DELIVERY_WORKER: string;
/** privacy/policy.yaml as JSON, checked when the preload was built. */
declare const HALLMARK_POLICY: string;
/** The mark of that policy. */
declare const HALLMARK_POLICY_MARK: string;
