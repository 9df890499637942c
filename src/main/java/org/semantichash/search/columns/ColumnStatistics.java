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
package org.semantichash.search.columns;

/**
 * What a cache of columns holds, and what it has done so far.
 *
 * @param bytes the memory that is reserved now, that of columns included which were given up while
 *     a search read them
 * @param columns how many pairs of a segment and a field have columns now
 * @param hits how often a search found columns that were there
 * @param builds how many were built, successfully
 * @param buildNanos how long these builds took together
 * @param refusals how often memory was asked for and refused
 * @param evictions how many gave way to others or to a lower limit
 */
public record ColumnStatistics(
    long bytes,
    long columns,
    long hits,
    long builds,
    long buildNanos,
    long refusals,
    long evictions) {}
