// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.report;

/**
 * How many of the k nearest documents match, and how far ahead they are: means over the queries
 * that have a label. A query whose labels no document of the database has counts with 0 in both.
 *
 * @param precision the share of matches among the k nearest, the expected value when ties at the
 *     k-th place are broken at random
 * @param worst the same when every tie is broken against us
 * @param best the same when every tie is broken for us
 * @param meanAveragePrecision mAP@k, the mean of the queries' average precision AP@k = 1 / min(k,
 *     R) * sum over the ranks r = 1..k of rel(r) * precision(r), with R the matches in the whole
 *     database; the expected value when all ties are broken at random
 * @param queries the number of queries that have a label
 */
public record RetrievalScore(
    double precision, double worst, double best, double meanAveragePrecision, int queries) {}
