// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.elasticsearch.index.fielddata.IndexFieldDataCache;
import org.elasticsearch.index.fielddata.plain.BinaryDVLeafFieldData;
import org.elasticsearch.index.fielddata.plain.BinaryIndexFieldData;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.index.shard.ShardUtils;
import org.elasticsearch.indices.fielddata.cache.IndicesFieldDataCache;
import org.elasticsearch.search.aggregations.support.CoreValuesSourceType;

/**
 * Learns that Elasticsearch clears its field data, by {@code _cache/clear}. For each segment and
 * field with columns an empty entry lies in the node's field data cache; when it goes, the columns
 * go. Elasticsearch clears an index only if a search has loaded the field data of one of its
 * fields, which every {@code hamming} query does.
 */
final class FieldDataWatch {

  private record Watched(IndexReader.CacheKey segment, String field) {}

  private final IndicesFieldDataCache fieldData;
  private final Consumer<IndexReader.CacheKey> drop;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

  /**
   * Watches nothing yet.
   *
   * @param drop is told the segments whose field data was cleared
   */
  FieldDataWatch(IndicesFieldDataCache fieldData, Consumer<IndexReader.CacheKey> drop) {
    this.fieldData = fieldData;
    this.drop = drop;
  }

  /** From now on the columns of this field and segment go with its field data. */
  void watch(LeafReader segment, String field) {
    ShardId shard = ShardUtils.extractShardId(segment);
    IndexReader.CacheHelper helper = segment.getCoreCacheHelper();
    if (shard == null || helper == null) {
      return; // no segment of a shard
    }
    Watched key = new Watched(helper.getKey(), field);
    if (watched.add(key)) {
      load(segment.getContext(), cacheOf(key, shard), new WatchedField(field));
    }
  }

  private IndexFieldDataCache cacheOf(Watched key, ShardId shard) {
    var removal =
        new IndexFieldDataCache.Listener() {
          @Override
          public void onRemoval(ShardId id, String field, boolean wasEvicted, long bytes) {
            watched.remove(key);
            drop.accept(key.segment());
          }
        };
    return fieldData.buildIndexFieldDataCache(removal, shard.getIndex(), key.field());
  }

  private static void load(
      LeafReaderContext segment, IndexFieldDataCache cache, WatchedField entry) {
    try {
      cache.load(segment, entry);
    } catch (Exception e) {
      throw new IllegalStateException(
          "cannot watch the field data of [" + entry.getFieldName() + "]", e);
    }
  }

  /**
   * Field data that is only there to be removed. It counts no bytes, and does not hold the reader,
   * which is one search's own: its wrappers hold the search and its user.
   */
  private static final class WatchedField extends BinaryIndexFieldData {

    WatchedField(String field) {
      super(field, CoreValuesSourceType.KEYWORD);
    }

    @Override
    public BinaryDVLeafFieldData loadDirect(LeafReaderContext segment) {
      return new BinaryDVLeafFieldData(null, fieldName);
    }
  }
}
