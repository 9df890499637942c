// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.memory;

import static org.hamcrest.Matchers.equalTo;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.Directory;
import org.elasticsearch.common.lucene.index.ElasticsearchDirectoryReader;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.fielddata.IndexFieldDataCache;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.indices.fielddata.cache.IndicesFieldDataCache;
import org.elasticsearch.test.ESTestCase;

public class FieldDataWatchTests extends ESTestCase {

  /** As a search has one, with the rights of who asked. */
  private static final class Wrapped extends FilterLeafReader {

    Wrapped(LeafReader in) {
      super(in);
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return in.getCoreCacheHelper();
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
      return in.getReaderCacheHelper();
    }
  }

  /** What is watched lives as long as its segment, and must not hold a search that is over. */
  public void testTheReaderOfASearchIsNotKept() throws Exception {
    try (Directory directory = newDirectory();
        IndexWriter writer = new IndexWriter(directory, newIndexWriterConfig())) {
      writer.addDocument(new Document());
      try (DirectoryReader reader =
              ElasticsearchDirectoryReader.wrap(
                  DirectoryReader.open(writer), new ShardId("news", "uuid", 0));
          IndicesFieldDataCache cache =
              new IndicesFieldDataCache(Settings.EMPTY, new IndexFieldDataCache.Listener() {})) {
        List<IndexReader.CacheKey> dropped = new ArrayList<>();
        LeafReader segment = reader.leaves().getFirst().reader();
        FieldDataWatch cleared = new FieldDataWatch(cache, dropped::add);
        WeakReference<LeafReader> wrapped = watch(cleared, segment);
        assertBusy(
            () -> {
              System.gc();
              assertNull(wrapped.get());
            });
        assertThat(dropped, equalTo(List.of()));
        cache.getCache().invalidateAll();
        assertThat(dropped, equalTo(List.of(segment.getCoreCacheHelper().getKey())));
      }
    }
  }

  private static WeakReference<LeafReader> watch(FieldDataWatch cleared, LeafReader segment) {
    LeafReader wrapped = new Wrapped(segment);
    cleared.watch(wrapped, "code");
    return new WeakReference<>(wrapped);
  }
}
