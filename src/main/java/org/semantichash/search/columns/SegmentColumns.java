// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
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
