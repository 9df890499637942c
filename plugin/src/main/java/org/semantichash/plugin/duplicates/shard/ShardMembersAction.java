// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.shard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.index.fieldvisitor.LeafStoredFieldLoader;
import org.elasticsearch.index.fieldvisitor.StoredFieldLoader;
import org.elasticsearch.index.mapper.IdLoader;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchService;
import org.elasticsearch.tasks.CancellableTask;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.TransportService;

/** Says who documents of a shard are, by the same reader that gave their codes. */
public final class ShardMembersAction
    extends HandledTransportAction<MembersRequest, MembersResponse> {

  /** Its name. */
  public static final ActionType<MembersResponse> TYPE =
      new ActionType<>("indices:data/read/semantic_hash/near_duplicates/members[s]");

  private static final int CHECKED = 512; // documents between two questions whether to go on

  private static final int DENSE = 50; // documents of a segment for each that is asked for

  private final SearchService search;

  /** Made by the node. */
  @Inject
  public ShardMembersAction(
      TransportService transport,
      ActionFilters filters,
      ThreadPool threadPool,
      SearchService search) {
    super(
        TYPE.name(),
        transport,
        filters,
        MembersRequest::new,
        threadPool.executor(ThreadPool.Names.SEARCH));
    this.search = search;
  }

  @Override
  protected void doExecute(
      Task task, MembersRequest request, ActionListener<MembersResponse> listener) {
    ActionListener.completeWith(
        listener,
        () -> {
          try (OpenReader open = OpenReader.of(search, request, 0)) {
            return members((CancellableTask) task, request, open);
          }
        });
  }

  private static MembersResponse members(
      CancellableTask task, MembersRequest request, OpenReader open) throws IOException {
    int[] documents = request.documents();
    var index = open.reader().indexService();
    IdLoader loader =
        IdLoader.create(index.getIndexSettings(), index.mapperService().mappingLookup());
    String[] ids = new String[documents.length];
    long[] scores = new long[documents.length];
    List<LeafReaderContext> segments = open.searcher().getIndexReader().leaves();
    int at = 0;
    while (at < documents.length) {
      LeafReaderContext segment = segments.get(ReaderUtil.subIndex(documents[at], segments));
      int end = end(documents, at, segment.docBase + segment.reader().maxDoc());
      int[] inSegment =
          Arrays.stream(documents, at, end).map(document -> document - segment.docBase).toArray();
      LeafStoredFieldLoader fields =
          StoredFieldLoader.create(false, Set.of(), isDense(inSegment))
              .getLoader(segment, inSegment);
      IdLoader.Leaf idsOfSegment = loader.leaf(fields, segment.reader(), inSegment);
      KeepScores keep = KeepScores.of(request.keep(), open.context(), segment);
      for (int document : inSegment) {
        if (at % CHECKED == 0) {
          task.ensureNotCancelled();
        }
        fields.advanceTo(document);
        ids[at] = idsOfSegment.getId(document);
        scores[at++] = keep.score(document);
      }
    }
    return new MembersResponse(ids, scores);
  }

  /**
   * Whether the blocks of stored fields hold some of the documents each: they are read once then.
   */
  private static boolean isDense(int[] documents) {
    return documents[documents.length - 1] - documents[0] < DENSE * documents.length;
  }

  /** The first place from one on whose document is not below a document. */
  private static int end(int[] documents, int from, int document) {
    int found = Arrays.binarySearch(documents, from, documents.length, document);
    return found < 0 ? -1 - found : found;
  }
}
