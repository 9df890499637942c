// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The demo: train on WordNet's noun glosses, index all of them on a real node, search, measure, and
 * check every hit list against brute force. In come the glosses and a built distribution; out goes
 * a page with the figures and example searches. Start with {@code Demo}, which tells the story in
 * the order in which it runs.
 */
package org.semantichash.benchmarks.demo;
