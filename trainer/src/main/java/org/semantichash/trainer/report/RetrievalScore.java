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
 * Precision of the k nearest documents, the mean over the queries.
 *
 * @param precision the expected value when ties at the k-th place are broken at random
 * @param worst when every tie is broken against us
 * @param best when every tie is broken for us
 * @param queries the number of queries that have a label
 */
public record RetrievalScore(double precision, double worst, double best, int queries) {}
