// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Debian's translated package descriptions in, the precision of codes by language out. {@link
 * org.semantichash.benchmarks.languages.LanguagesCommand} trains and measures, {@link
 * org.semantichash.benchmarks.languages.DebianDescriptions} reads Debian's mirror.
 */
package org.semantichash.benchmarks.languages;
