/** Of Node's permission model; undefined where it is not on. */
interface Permission {
  has(scope: 'worker' | 'net'): boolean;
}

function permission(): Permission | undefined {
  return (process as { permission?: Permission }).permission;
}

/** Node's permission model forbids threads unless `--allow-worker` is given. */
export function mayStartThreads(): boolean {
  return permission()?.has('worker') ?? true;
}

/** From Node 25 on the permission model holds for connections too. */
function mayConnect(): boolean {
  return Number.parseInt(process.versions.node, 10) < 25 || (permission()?.has('net') ?? true);
}

/**
 * @param needsThreadForEsModules on a Node whose synchronous hooks are faulty
 * @returns which flags of Node are missing, and what there is not without them; for people
 */
export function missingFlags(needsThreadForEsModules: boolean): string | undefined {
  const missing: string[] = [];
  if (!mayConnect()) missing.push('without --allow-net nothing can be sent');
  if (!mayStartThreads()) {
    const modules = needsThreadForEsModules ? 'ES modules are not instrumented, and ' : '';
    missing.push(
      `without --allow-worker ${modules}the last records of a process reach a collector by http:// and an address only`,
    );
  }
  return missing.length > 0 ? missing.join('; ') : undefined;
}
