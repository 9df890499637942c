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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.semantichash.index.CodeField;
import org.semantichash.index.StoredForm;

/** The columns of all fields of one segment, until it closes. */
final class SegmentColumns {

  /** Whether the field has chunk terms makes no difference to its columns. */
  private record Key(String field, StoredForm form, int bits) {

    static Key of(CodeField field, int bits) {
      return new Key(field.name(), field.form(), bits);
    }
  }

  private final Map<Key, CachedColumns> fields = new HashMap<>();
  private boolean dropped;

  /** The columns of a field; null when there are none. */
  synchronized CachedColumns get(CodeField field, int bits) {
    return fields.get(Key.of(field, bits));
  }

  /** The columns of a field, added if need be; null when the segment is closed. */
  synchronized CachedColumns getOrAdd(CodeField field, int bits, Supplier<CachedColumns> added) {
    return dropped ? null : fields.computeIfAbsent(Key.of(field, bits), key -> added.get());
  }

  /** All of them. */
  synchronized List<CachedColumns> all() {
    return List.copyOf(fields.values());
  }

  /** Gives up all columns, for good. */
  void drop(boolean segmentIsClosed) {
    List<CachedColumns> columns;
    synchronized (this) {
      dropped = true;
      columns = all();
      fields.clear();
    }
    columns.forEach(each -> each.drop(segmentIsClosed));
  }
}
