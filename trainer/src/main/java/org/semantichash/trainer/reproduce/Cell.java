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
package org.semantichash.trainer.reproduce;

import java.util.Map;

/**
 * A row that is wanted.
 *
 * @param key where it belongs
 * @param options all options of the run
 * @param split of the documents
 * @param paper the published precision, or null
 * @param definition digest of all that decides about the result
 */
record Cell(
    RowKey key, Map<String, String> options, SplitSpec split, Double paper, String definition) {}
