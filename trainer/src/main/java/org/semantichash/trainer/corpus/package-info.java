// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * Where texts come from: JSON lines, CSV or TSV, or a folder of text files by label. Every record
 * that cannot be read is an error that names file and line; none is skipped silently. {@link
 * org.semantichash.trainer.corpus.Corpus} holds the texts, {@link
 * org.semantichash.trainer.corpus.StreamedCorpus} reads them again for every pass.
 */
package org.semantichash.trainer.corpus;
