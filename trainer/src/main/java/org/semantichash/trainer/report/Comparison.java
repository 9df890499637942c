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
package org.semantichash.trainer.report;

/**
 * Codes beside exact TF-IDF cosine, for the same queries and documents.
 *
 * @param codes the ranking by Hamming distance
 * @param cosine the ranking by exact cosine
 * @param neighbours how many of the nearest by cosine are among the nearest by Hamming distance
 */
public record Comparison(RetrievalScore codes, RetrievalScore cosine, NeighbourRecall neighbours) {}
