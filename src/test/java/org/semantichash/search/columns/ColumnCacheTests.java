// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.search.columns;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterBinaryDocValues;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.ParallelLeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.FieldFilterLeafReader;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.apache.lucene.util.BytesRef;
import org.junit.After;
import org.junit.Before;
import org.semantichash.hash.BinaryCode;
import org.semantichash.index.CodeDocValues;
import org.semantichash.index.CodeField;

/** What the cache holds, for how long, and whom it gives it to. */
public class ColumnCacheTests extends LuceneTestCase {

  private static final CodeField FIELD = CodeField.plain("code");
  private static final int BITS = 128;

  private final LimitedMemory memory = new LimitedMemory();
  private final AtomicLong now = new AtomicLong();
  private volatile long limit = Long.MAX_VALUE;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private Executor clustering = Runnable::run;
  private Runnable whenLimitIsAsked = () -> {};
  private final ColumnCache cache =
      new ColumnCache(memory, this::limit, task -> clustering.execute(task), now::get);

  private long limit() {
    whenLimitIsAsked.run();
    return limit;
  }

  private Directory directory;
  private IndexWriter writer;

  @Before
  public void openIndex() throws IOException {
    directory = newDirectory();
    // Without merges a test knows its segments.
    writer =
        new IndexWriter(directory, new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE));
  }

  @After
  public void closeIndex() throws IOException {
    writer.close();
    directory.close();
    assertEquals(0, cache.statistics().bytes());
    assertEquals(0, cache.statistics().columns());
    assertEquals(0, memory.used.get());
  }

  private void add(int documents) throws IOException {
    for (int i = 0; i < documents; i++) {
      Document document = new Document();
      document.add(new StringField("id", Integer.toString(i), Field.Store.NO));
      document.add(CodeDocValues.field("code", code()));
      writer.addDocument(document);
    }
  }

  private static BinaryCode code() {
    byte[] bytes = new byte[BITS / 8];
    new Random(random().nextLong()).nextBytes(bytes); // those of random() repeat bits
    return BinaryCode.of(bytes, BITS);
  }

  private DirectoryReader reader() throws IOException {
    return DirectoryReader.open(writer);
  }

  private static LeafReader onlySegment(DirectoryReader reader) {
    return getOnlyLeafReader(reader);
  }

  private WordColumns columns(LeafReader segment) throws IOException {
    return cache.columns(segment, FIELD, BITS, ColumnSource.NO_TIMEOUT);
  }

  private WordColumns columnsIfBuilt(LeafReader segment) {
    return cache.columnsIfBuilt(segment, FIELD, BITS);
  }

  public void testChunkTermsMakeNoDifference() throws IOException {
    add(1 + random().nextInt(100));
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      WordColumns columns = columns(segment);
      assertSame(
          columns, cache.columns(segment, FIELD.withChunks(), BITS, ColumnSource.NO_TIMEOUT));
      assertSame(columns, cache.columnsIfBuilt(segment, FIELD.withChunks(), BITS));
      assertEquals(1, cache.statistics().columns());
    }
  }

  public void testHoldsTheCodesAndAccountsForThem() throws IOException {
    int documents = 1 + random().nextInt(100);
    add(documents);
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      assertNull(columnsIfBuilt(segment));
      WordColumns columns = columns(segment);
      assertSame(columns, columns(segment));
      assertSame(columns, columnsIfBuilt(segment));
      BinaryDocValues values = segment.getBinaryDocValues("code");
      for (int doc = 0; doc < documents; doc++) {
        assertEquals(doc, values.nextDoc());
        long[] words = WordColumns.words(CodeDocValues.decode(values.binaryValue(), BITS));
        assertEquals(0, columns.distance(words, doc));
      }
      assertEquals(columns.ramBytesUsed(), memory.used.get());
      assertEquals(
          new ColumnCache.Statistics(columns.ramBytesUsed(), 1, 2, 1, 0, 0, 0), cache.statistics());
    }
  }

  private BinaryCode clustered(BinaryCode[] centres, int document) {
    byte[] bytes = centres[document % centres.length].toBytes();
    bytes[random().nextInt(bytes.length)] ^= (byte) (1 << random().nextInt(8));
    return BinaryCode.of(bytes, BITS);
  }

  private void addClustered(int documents) throws IOException {
    BinaryCode[] centres = new BinaryCode[200];
    Arrays.setAll(centres, centre -> code());
    for (int i = 0; i < documents; i++) {
      Document document = new Document();
      document.add(CodeDocValues.field("code", clustered(centres, i)));
      writer.addDocument(document);
    }
    writer.forceMerge(1);
  }

  public void testClustersAreBuiltWithTheColumnsAndAccountedFor() throws IOException {
    addClustered(ClusterBuilder.FEWEST_CODES);
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      WordColumns columns = columns(segment);
      assertTrue(columns.clusters().size() >= 200);
      assertSame(columns, columns(segment));
      assertEquals(columns.ramBytesUsed(), memory.used.get());
      assertTrue(columns.ramBytesUsed() > columns.size() * (BITS / 8 + 4L));
      assertEquals(1, cache.statistics().builds());
      cache.drop(segment);
      assertEquals(0, memory.used.get());
      assertNotNull(columns(segment).clusters());
    }
  }

  public void testFewCodesHaveNoClusters() throws IOException {
    addClustered(ClusterBuilder.FEWEST_CODES - 1);
    try (DirectoryReader reader = reader()) {
      assertNull(columns(onlySegment(reader)).clusters());
    }
  }

  public void testWithoutMemoryForClustersThereAreColumns() throws IOException {
    addClustered(ClusterBuilder.FEWEST_CODES);
    memory.limit = ClusterBuilder.FEWEST_CODES * (BITS / 8 + 4L);
    try (DirectoryReader reader = reader()) {
      WordColumns columns = columns(onlySegment(reader));
      assertNull(columns.clusters());
      assertEquals(columns.ramBytesUsed(), memory.used.get());
      long questions = memory.questions.get();
      assertSame(columns, columns(onlySegment(reader)));
      assertEquals("asked again", questions, memory.questions.get());
      memory.limit = Long.MAX_VALUE;
      now.addAndGet(CachedColumns.CLUSTERS_REFUSAL_NANOS);
      assertSame(columns, columns(onlySegment(reader)));
      assertNotNull(columns.clusters());
      assertEquals(columns.ramBytesUsed(), memory.used.get());
    }
  }

  public void testNothingGivesWayForClusters() throws IOException {
    addClustered(ClusterBuilder.FEWEST_CODES);
    clustering = waiting::add;
    try (DirectoryReader reader = reader()) {
      WordColumns columns = columns(onlySegment(reader));
      limit = memory.used.get();
      now.addAndGet(2 * ColumnMemory.IDLE_NANOS);
      waiting.remove().run();
      assertSame(columns, columnsIfBuilt(onlySegment(reader)));
      assertNull(columns.clusters());
      assertEquals(columns.ramBytesUsed(), memory.used.get());
      assertEquals(0, cache.statistics().evictions());
      assertEquals(0, cache.statistics().refusals());
    }
  }

  /** Segments are closed under locks of Lucene and Elasticsearch, for which others wait. */
  public void testWhoClosesASegmentDoesNotWaitForItsClusters() throws IOException {
    addClustered(5 * ClusterBuilder.FEWEST_CODES);
    clustering = waiting::add;
    try (DirectoryReader reader = reader()) {
      columns(onlySegment(reader));
      Thread dropping = new Thread(() -> cache.drop(onlySegment(reader)), "dropping");
      whenLimitIsAsked =
          () -> {
            whenLimitIsAsked = () -> {};
            dropping.start();
            try {
              dropping.join(10_000);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            assertFalse("it waits", dropping.isAlive());
          };
      waiting.remove().run();
      assertEquals(0, memory.used.get());
      assertNull(columnsIfBuilt(onlySegment(reader)));
    }
  }

  public void testALowerLimitEndsTheSearchForClusters() throws IOException {
    addClustered(5 * ClusterBuilder.FEWEST_CODES);
    clustering = waiting::add;
    try (DirectoryReader reader = reader()) {
      WordColumns columns = columns(onlySegment(reader));
      int[] asked = {0};
      whenLimitIsAsked = () -> limit = ++asked[0] > 1 ? 0 : Long.MAX_VALUE;
      waiting.remove().run();
      assertNull(columns.clusters());
      assertNull(columnsIfBuilt(onlySegment(reader)));
      assertEquals(0, memory.used.get());
    }
  }

  public void testColumnsAreReadBeforeTheirClustersAreFound() throws IOException {
    addClustered(ClusterBuilder.FEWEST_CODES);
    clustering = waiting::add;
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      WordColumns columns = columns(segment);
      assertNull(columns.clusters());
      assertSame(columns, columns(segment));
      assertEquals("asked once", 1, waiting.size());
      waiting.remove().run();
      assertNotNull(columns(segment).clusters());
      assertSame(columns, columns(segment));
      assertEquals(columns.ramBytesUsed(), memory.used.get());
    }
  }

  public void testNoClustersAreFoundOfColumnsThatWereGivenUp() throws IOException {
    addClustered(ClusterBuilder.FEWEST_CODES);
    clustering = waiting::add;
    try (DirectoryReader reader = reader()) {
      WordColumns columns = columns(onlySegment(reader));
      cache.drop(onlySegment(reader));
      waiting.remove().run();
      assertNull(columns.clusters());
      assertEquals(0, memory.used.get());
      assertNull(columns(onlySegment(reader)).clusters());
      assertEquals("asked for the new ones", 1, waiting.size());
      cache.close();
      waiting.remove().run();
      assertEquals(0, memory.used.get());
    }
  }

  public void testWhereNobodyFindsClustersTheNextSearchAsksAgain() throws IOException {
    addClustered(ClusterBuilder.FEWEST_CODES);
    clustering =
        task -> {
          throw new RejectedExecutionException();
        };
    try (DirectoryReader reader = reader()) {
      assertNull(columns(onlySegment(reader)).clusters());
      clustering = Runnable::run;
      assertNotNull(columns(onlySegment(reader)).clusters());
      assertEquals(columnsIfBuilt(onlySegment(reader)).ramBytesUsed(), memory.used.get());
    }
  }

  public void testNothingStaysOfClosedSegments() throws IOException {
    long most = 0;
    for (int cycle = 0; cycle < 1000; cycle++) {
      add(1 + random().nextInt(3));
      if (cycle % 8 == 7) {
        writer.deleteAll();
      }
      try (DirectoryReader reader = reader()) {
        for (var leaf : reader.leaves()) {
          assertNotNull(columns(leaf.reader()));
        }
        most = Math.max(most, cache.statistics().columns());
      }
    }
    // More than one segment was held at a time, else nothing was tested.
    assertTrue("held [" + most + "]", most > 1);
  }

  public void testReadersWithMoreDeletionsShareColumns() throws IOException {
    add(50);
    DirectoryReader reader = reader();
    WordColumns columns = columns(onlySegment(reader));
    writer.deleteDocuments(new Term("id", "7"));
    add(3);
    try (DirectoryReader refreshed = DirectoryReader.openIfChanged(reader, writer)) {
      reader.close();
      LeafReader first = refreshed.leaves().get(0).reader();
      assertEquals(49, first.numDocs());
      assertSame(columns, columns(first));
      assertNull(columnsIfBuilt(refreshed.leaves().get(1).reader()));
      assertEquals(1, cache.statistics().builds());
    }
  }

  public void testConcurrentSearchesBuildOnce() throws Exception {
    add(2000);
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      int searches = 8;
      CyclicBarrier start = new CyclicBarrier(searches);
      Set<WordColumns> seen = Collections.synchronizedSet(new HashSet<>());
      List<Thread> threads = new ArrayList<>();
      AtomicInteger failures = new AtomicInteger();
      for (int i = 0; i < searches; i++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    start.await(60, TimeUnit.SECONDS);
                    seen.add(columns(segment));
                  } catch (Exception e) {
                    failures.incrementAndGet();
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join(60_000);
        assertFalse(thread.isAlive());
      }
      assertEquals(0, failures.get());
      assertEquals(1, seen.size());
      assertFalse(seen.contains(null));
      assertEquals(1, cache.statistics().builds());
    }
  }

  public void testARefusalHoldsForAWhile() throws IOException {
    add(100);
    memory.limit = 100;
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      assertNull(columns(segment));
      assertEquals(1, cache.statistics().refusals());
      memory.limit = Long.MAX_VALUE;
      now.addAndGet(CachedColumns.REFUSAL_NANOS - 1);
      assertNull(columns(segment));
      assertEquals(1, memory.questions.get());
      now.incrementAndGet();
      assertNotNull(columns(segment));
      assertEquals(1, cache.statistics().refusals());
    }
  }

  public void testAFailedBuildGivesItsMemoryBack() throws IOException {
    add(10);
    Document odd = new Document();
    odd.add(CodeDocValues.field("code", BinaryCode.fromHex("0f", 8)));
    writer.addDocument(odd);
    try (DirectoryReader reader = reader()) {
      for (int i = 0; i < 2; i++) {
        expectThrows(IllegalArgumentException.class, () -> columns(onlySegment(reader)));
        assertEquals(0, memory.used.get());
      }
      assertEquals(0, cache.statistics().builds());
    }
  }

  public void testAReaderThatHidesTheFieldGetsNothing() throws IOException {
    add(10);
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      assertNotNull(columns(segment));
      LeafReader hiding =
          new SameKey(
              new FieldFilterLeafReader(segment, Set.of("code"), true),
              segment.getCoreCacheHelper());
      assertNull(columns(hiding));
      assertNull(columnsIfBuilt(hiding));
      LeafReader showing = new SameKey(segment, segment.getCoreCacheHelper());
      assertSame(columnsIfBuilt(segment), columns(showing));
    }
  }

  public void testWithoutAKeyThereAreNoColumns() throws IOException {
    add(10);
    try (DirectoryReader reader = reader()) {
      // The core of a wrapper is asked, so the key must be missing there.
      LeafReader keyless =
          new ParallelLeafReader(false, onlySegment(reader)) {
            @Override
            public CacheHelper getCoreCacheHelper() {
              return null;
            }
          };
      assertNull(columns(keyless));
      assertNull(columnsIfBuilt(keyless));
      keyless.close();
    }
  }

  /** A wrapper as Elasticsearch's: other reader, same key. */
  private static final class SameKey extends FilterLeafReader {
    private final CacheHelper helper;

    SameKey(LeafReader in, CacheHelper helper) {
      super(in);
      this.helper = helper;
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return helper;
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
      return null;
    }
  }

  public void testValuesThatWereUpdatedInPlaceAreNotCached() throws IOException {
    add(10);
    try (DirectoryReader reader = reader()) {
      WordColumns columns = columns(onlySegment(reader));
      writer.updateBinaryDocValue(new Term("id", "3"), "code", new BytesRef(code().toBytes()));
      try (DirectoryReader updated = DirectoryReader.openIfChanged(reader, writer)) {
        assertNull(columns(onlySegment(updated)));
        assertNull(columnsIfBuilt(onlySegment(updated)));
        assertSame(columns, columns(onlySegment(reader)));
      }
    }
  }

  public void testDroppedColumnsAreBuiltAgain() throws IOException {
    add(10);
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      columns(segment);
      cache.drop(segment);
      assertEquals(0, memory.used.get());
      assertNull(columnsIfBuilt(segment));
      assertNotNull(columns(segment));
    }
  }

  /** The segments of this reader, whose columns are all built, the first one first. */
  private List<LeafReader> built(DirectoryReader reader) throws IOException {
    List<LeafReader> segments = new ArrayList<>();
    for (var leaf : reader.leaves()) {
      segments.add(leaf.reader());
      assertNotNull(columns(leaf.reader()));
      now.incrementAndGet();
    }
    return segments;
  }

  private DirectoryReader readerOf(int segments) throws IOException {
    for (int i = 0; i < segments; i++) {
      add(100);
      writer.commit();
    }
    return reader();
  }

  public void testTheLeastRecentlyUsedColumnsGiveWay() throws IOException {
    try (DirectoryReader reader = readerOf(4)) {
      List<LeafReader> segments = new ArrayList<>();
      reader.leaves().forEach(leaf -> segments.add(leaf.reader()));
      long one = columns(segments.get(0)).ramBytesUsed();
      limit = 3 * one + one / 2;
      columns(segments.get(1));
      now.incrementAndGet(); // of two that were used last at one time, either may give way
      columns(segments.get(2));
      now.addAndGet(ColumnMemory.IDLE_NANOS);
      columnsIfBuilt(segments.get(0)); // used again, so the second is the oldest
      now.addAndGet(ColumnMemory.IDLE_NANOS);
      assertNotNull(columns(segments.get(3)));
      assertNull(columnsIfBuilt(segments.get(1)));
      for (int kept : new int[] {0, 2, 3}) {
        assertNotNull("segment " + kept, columnsIfBuilt(segments.get(kept)));
      }
      assertEquals(1, cache.statistics().evictions());
      assertEquals(3 * one, memory.used.get());
      assertEquals(3 * one, cache.statistics().bytes());
    }
  }

  /** Building columns over and over is slower than to read the doc values of some segments. */
  public void testColumnsInUseDoNotGiveWay() throws IOException {
    try (DirectoryReader reader = readerOf(3)) {
      List<LeafReader> segments = new ArrayList<>();
      reader.leaves().forEach(leaf -> segments.add(leaf.reader()));
      long one = columns(segments.get(0)).ramBytesUsed();
      limit = 2 * one + one / 2;
      columns(segments.get(1));
      now.addAndGet(ColumnMemory.IDLE_NANOS - 1);
      assertNull(columns(segments.get(2)));
      assertEquals(0, cache.statistics().evictions());
      assertEquals(1, cache.statistics().refusals());
    }
  }

  public void testTheAccountsRefusalMakesIdleColumnsGiveWay() throws IOException {
    try (DirectoryReader reader = readerOf(2)) {
      LeafReader first = reader.leaves().get(0).reader();
      memory.limit = columns(first).ramBytesUsed() + 100;
      now.addAndGet(ColumnMemory.IDLE_NANOS);
      assertNotNull(columns(reader.leaves().get(1).reader()));
      assertNull(columnsIfBuilt(first));
    }
  }

  public void testWhatCanNeverFitEvictsNothing() throws IOException {
    add(10);
    writer.commit();
    add(1000);
    try (DirectoryReader reader = reader()) {
      columns(reader.leaves().get(0).reader());
      limit = 2000;
      now.addAndGet(ColumnMemory.IDLE_NANOS);
      assertNull(columns(reader.leaves().get(1).reader()));
      assertEquals(0, cache.statistics().evictions());
    }
  }

  public void testALowerLimitHoldsAtOnce() throws IOException {
    try (DirectoryReader reader = readerOf(3)) {
      List<LeafReader> segments = built(reader);
      limit = cache.statistics().bytes() / 2;
      cache.shrink();
      assertNotNull(columnsIfBuilt(segments.get(2)));
      assertEquals(2, cache.statistics().evictions());
      assertTrue(memory.used.get() <= limit);
    }
  }

  /** The memory of given-up columns counts until the last search that may read them ends. */
  public void testARunningSearchKeepsItsColumns() throws IOException {
    try (DirectoryReader reader = readerOf(2)) {
      List<LeafReader> segments = built(reader);
      long both = memory.used.get();
      Closeable first = cache.beginSearch();
      WordColumns read = columns(segments.get(0));
      now.incrementAndGet();
      Closeable second = cache.beginSearch(); // has asked for nothing
      cache.clear();
      assertEquals(0, cache.statistics().columns());
      assertEquals("the other's are free", both / 2, memory.used.get());
      assertEquals(100, read.size());
      limit = both / 4;
      assertNull("what a search reads is not free for another", columns(segments.get(0)));
      second.close();
      assertEquals(both / 2, memory.used.get());
      first.close();
      assertEquals(0, memory.used.get());
    }
  }

  public void testColumnsOfARunningSearchAreNotEvictedForOthers() throws IOException {
    try (DirectoryReader reader = readerOf(2)) {
      limit = 100 * 16 * 3 / 2;
      Closeable search = cache.beginSearch();
      LeafReader first = reader.leaves().get(0).reader();
      columns(first);
      now.addAndGet(2 * ColumnMemory.IDLE_NANOS);
      assertNull(columns(reader.leaves().get(1).reader()));
      search.close();
      now.addAndGet(CachedColumns.REFUSAL_NANOS);
      assertNotNull(columns(reader.leaves().get(1).reader()));
      assertNull(columnsIfBuilt(first));
    }
  }

  public void testABuildCanBeCancelled() throws IOException {
    CodeField counted = new CodeField("any", CodeField.StoredForm.COUNTED);
    Document document = new Document();
    document.add(new BinaryDocValuesField("any", new BytesRef(new byte[] {1, 1, 15})));
    for (int i = 0; i < 100_000; i++) {
      writer.addDocument(document);
    }
    writer.forceMerge(1);
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      assertNull(cache.columns(segment, counted, 8, () -> true));
      RuntimeException cancelled = new RuntimeException("cancelled");
      RuntimeException thrown =
          expectThrows(
              RuntimeException.class,
              () ->
                  cache.columns(
                      segment,
                      counted,
                      8,
                      () -> {
                        throw cancelled;
                      }));
      assertSame(cancelled, thrown);
      assertEquals(0, memory.used.get());
      // Nobody waits for who gave up, and nothing holds against the next.
      assertEquals(100_000, cache.columns(segment, counted, 8, ColumnSource.NO_TIMEOUT).size());
    }
  }

  /** An iterator's cost is an estimate: too low and too high alike. */
  public void testTheCostOfAnIteratorIsNoCount() throws IOException {
    add(50);
    try (DirectoryReader reader = reader()) {
      for (long cost : new long[] {0, 7, 50, 1000, Long.MAX_VALUE}) {
        LeafReader estimating =
            new FilterLeafReader(onlySegment(reader)) {
              @Override
              public BinaryDocValues getBinaryDocValues(String field) throws IOException {
                return new FilterBinaryDocValues(in.getBinaryDocValues(field)) {
                  @Override
                  public long cost() {
                    return cost;
                  }
                };
              }

              @Override
              public CacheHelper getCoreCacheHelper() {
                return in.getCoreCacheHelper();
              }

              @Override
              public CacheHelper getReaderCacheHelper() {
                return in.getReaderCacheHelper();
              }
            };
        assertEquals(50, WordColumns.Builder.build(estimating, FIELD, BITS).size());
      }
    }
  }

  public void testAClosedCacheHoldsNothing() throws IOException {
    add(10);
    try (DirectoryReader reader = reader()) {
      columns(onlySegment(reader));
      cache.close();
      assertEquals(0, memory.used.get());
      assertNull(columns(onlySegment(reader)));
      assertEquals(0, memory.used.get());
    }
  }

  /** The segments close, or the cache, while others build. */
  public void testNothingLeaksWhenClosingAndBuildingMeet() throws Exception {
    for (int round = 0; round < 50; round++) {
      writer.deleteAll();
      add(200);
      writer.commit();
      DirectoryReader reader = DirectoryReader.open(directory); // the writer holds no segment
      ColumnCache raced = new ColumnCache(memory);
      CyclicBarrier start = new CyclicBarrier(2);
      LeafReader segment = onlySegment(reader);
      Thread builder =
          new Thread(
              () -> {
                try {
                  start.await(60, TimeUnit.SECONDS);
                  raced.columns(segment, FIELD, BITS, ColumnSource.NO_TIMEOUT);
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      builder.start();
      start.await(60, TimeUnit.SECONDS);
      if (round % 2 == 0) {
        raced.close();
        builder.join(60_000);
        assertFalse(builder.isAlive());
        assertEquals(0, memory.used.get());
        reader.close();
      } else {
        reader.close();
        builder.join(60_000);
        assertFalse(builder.isAlive());
        assertEquals(0, memory.used.get());
      }
    }
  }

  public void testAWidthIsAnotherColumn() throws IOException {
    CodeField counted = new CodeField("any", CodeField.StoredForm.COUNTED);
    Document document = new Document();
    document.add(new BinaryDocValuesField("any", new BytesRef(new byte[] {1, 1, 15})));
    writer.addDocument(document);
    try (DirectoryReader reader = reader()) {
      LeafReader segment = onlySegment(reader);
      assertEquals(1, cache.columns(segment, counted, 8, ColumnSource.NO_TIMEOUT).size());
      assertEquals(0, cache.columns(segment, counted, 16, ColumnSource.NO_TIMEOUT).size());
      assertEquals(2, cache.statistics().columns());
    }
  }
}
