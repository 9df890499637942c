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
package org.semantichash.trainer.corpus;

import java.util.HashMap;
import java.util.Map;

/** Refuses a second document with the same id. */
final class UniqueIds {

  private final Map<String, Place> places = new HashMap<>();

  void check(Document document, Place place) {
    Place earlier = places.putIfAbsent(document.id(), place);
    if (earlier != null) {
      throw new CorpusException(
          place + ": id [" + document.id() + "] must be unique, it stands already at " + earlier);
    }
  }
}
