/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
/**
 * Where texts come from: JSON lines, CSV or TSV, or a folder of text files by label. Every record
 * that cannot be read is an error that names file and line; none is skipped silently. {@link
 * org.semantichash.trainer.corpus.Corpus} holds the texts, {@link
 * org.semantichash.trainer.corpus.StreamedCorpus} reads them again for every pass.
 */
package org.semantichash.trainer.corpus;
