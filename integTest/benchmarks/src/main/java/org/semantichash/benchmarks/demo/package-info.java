// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
/**
 * The demo: train on WordNet's noun glosses, index all of them on a real node, search, measure, and
 * hold every hit list against brute force. {@code Demo} is the story, in the order in which it
 * runs.
 */
package org.semantichash.benchmarks.demo;
