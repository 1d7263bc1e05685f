// What installing the package may cost its user. A figure here is raised only on purpose.

/** Size of the tarball, and of what is in it. */
export const PACKED_BYTES = 900_000;
export const UNPACKED_BYTES = 4_000_000;

/** Packages that `npm install op-exco-connector` may bring, those of the dependencies included. */
export const INSTALLED_PACKAGES = 100;
export const DIRECT_DEPENDENCIES = 8;

/** Licences that a package in production may have: a user may pass them on under MIT without more than a notice. */
export const LICENCES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];
