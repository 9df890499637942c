// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/**
 * What is downloaded, looked at from outside: every {@link org.semantichash.it.release.Artifact}
 * has its licences and nothing that differs from build to build.
 */
package org.semantichash.it.release;
