// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0

/**
 * What is downloaded: the artefacts that the profile [release] collects in [target/release].
 *
 * <p>{@link org.semantichash.it.release.ReleaseFolder} writes the notes and the digests at the end.
 */
package org.semantichash.it.release;
