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
package org.semantichash.plugin.duplicates.job;

import java.util.List;
import java.util.Map;
import org.semantichash.plugin.duplicates.result.StoredJob;

/**
 * What a search has found.
 *
 * @param fields what its header says
 * @param groups all of them; null when they are stored
 * @param pages where they are stored
 */
record JobOutcome(
    Map<String, Object> fields, List<Map<String, Object>> groups, StoredJob.Pages pages) {}
