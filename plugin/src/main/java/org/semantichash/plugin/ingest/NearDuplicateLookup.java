// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.ElasticsearchTimeoutException;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.ContextPreservingActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.common.hash.MessageDigests;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.common.util.concurrent.ThrottledTaskRunner;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.index.query.BoolQueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.threadpool.ThreadPool;
import org.semantichash.duplicates.NearDuplicates;
import org.semantichash.hash.BinaryCode;
import org.semantichash.plugin.duplicates.result.Caller;
import org.semantichash.plugin.ingest.RecentCodes.NearDuplicate;
import org.semantichash.plugin.query.HammingQueryBuilder;
import org.semantichash.plugin.query.HammingQueryBuilder.QueryServices;

/**
 * Looks for a near-duplicate of one document, by a search with the rights of who writes it, then
 * among the documents that went through this node lately. At most {@value #MOST_SEARCHES} searches
 * of a node are waited for at the same time, whatever number of documents a bulk has; the others
 * queue without a thread. A search that is out of time makes room for the next: a node that hangs
 * must not hold up the documents of all pipelines.
 */
public final class NearDuplicateLookup {

  private static final int MOST_SEARCHES = 16;

  /**
   * What is looked for.
   *
   * @param index the index or alias that is searched
   * @param codeField the field of the codes there
   * @param notIn a field that only documents have which are copies themselves
   * @param maxDistance in bits; null for the default of the width
   * @param timeout how long a search may take, once it is its turn
   */
  record Where(
      String index, String codeField, String notIn, Integer maxDistance, TimeValue timeout) {

    /** Only documents with the same code are near. */
    Where exactly() {
      return new Where(index, codeField, notIn, 0, timeout);
    }

    /** The largest distance of codes of so many bits. */
    int maxDistance(int bits) {
      return NearDuplicates.maxDistance(maxDistance, bits, false);
    }
  }

  /**
   * The document.
   *
   * @param id null when Elasticsearch will choose one
   * @param index the name that it is written to
   * @param stamped its code, as it stands in the document
   * @param code the bits
   */
  record Searched(String id, String index, String stamped, BinaryCode code) {}

  private final Client client;
  private final Supplier<QueryServices> query;
  private final ThrottledTaskRunner searches;
  private final RecentCodes recent = new RecentCodes();

  /**
   * Of a node.
   *
   * @param query what queries use of the node
   */
  public NearDuplicateLookup(Client client, Supplier<QueryServices> query) {
    this.client = client;
    this.query = query;
    this.searches =
        new ThrottledTaskRunner(
            NearDuplicateProcessor.TYPE, MOST_SEARCHES, client.threadPool().generic());
  }

  /**
   * Looks, without blocking the caller.
   *
   * @param listener gets the nearest one within the distance, on a generic thread and in the
   *     caller's context, or the failure of the search, one with status 408 when it takes too long
   */
  void find(Searched document, Where where, ActionListener<Optional<NearDuplicate>> listener) {
    ThreadPool threadPool = client.threadPool();
    ThreadContext context = threadPool.getThreadContext();
    String user = writer(context);
    SubscribableListener<Optional<NearDuplicate>> outcome = new SubscribableListener<>();
    outcome.addListener(
        listener.delegateResponse((l, e) -> l.onFailure(explained(e, where))),
        threadPool.generic(),
        context);
    searches.enqueueTask(
        ContextPreservingActionListener.wrapPreservingContext(
            outcome.delegateFailureAndWrap(
                (l, slot) -> {
                  outcome.addListener(ActionListener.releasing(slot));
                  // Not before: the last document of a large bulk must not fail because of others.
                  outcome.addTimeout(where.timeout(), threadPool, threadPool.generic());
                  ActionListener.run(l, found -> search(document, where, user, found));
                }),
            context));
  }

  /**
   * Who writes, null where security is off. A digest, since an authentication may have kilobytes,
   * as that of an API key with its roles, and thousands are remembered.
   */
  static String writer(ThreadContext context) {
    String encoded = Caller.of(context).encoded();
    return encoded == null
        ? null
        : MessageDigests.toHexString(
            MessageDigests.sha256().digest(encoded.getBytes(StandardCharsets.UTF_8)));
  }

  private static Exception explained(Exception e, Where where) {
    return e instanceof ElasticsearchTimeoutException
        ? new ElasticsearchStatusException(
            "index [{}] must say within [{}] whether it has a near-duplicate, it did not",
            RestStatus.REQUEST_TIMEOUT,
            e,
            where.index(),
            where.timeout())
        : e;
  }

  private void search(
      Searched document,
      Where where,
      String user,
      ActionListener<Optional<NearDuplicate>> listener) {
    ActionListener<SearchResponse> answered =
        listener.map(
            (SearchResponse response) -> {
              SearchHit[] hits = response.getHits().getHits();
              return hits.length > 0
                  ? Optional.of(found(hits[0], document.code().bits(), where))
                  : amongRecent(document, where, user);
            });
    client.search(
        request(document, where),
        answered.delegateResponse(
            (l, e) -> {
              if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException) {
                // The first document creates the index.
                ActionListener.completeWith(listener, () -> amongRecent(document, where, user));
              } else {
                l.onFailure(e);
              }
            }));
  }

  private Optional<NearDuplicate> amongRecent(Searched document, Where where, String user) {
    if (document.id() == null) {
      return Optional.empty(); // nobody could be told which document it is
    }
    RecentCodes.Key key =
        new RecentCodes.Key(document.index(), where.codeField(), document.id(), user);
    int maxDistance = where.maxDistance(document.code().bits());
    return recent.findOrAdd(key, document.code(), maxDistance, System.nanoTime());
  }

  private SearchRequest request(Searched document, Where where) {
    BoolQueryBuilder near =
        QueryBuilders.boolQuery()
            .must(
                HammingQueryBuilder.ofCode(
                    where.codeField(),
                    document.stamped(),
                    where.maxDistance(document.code().bits()),
                    query.get()))
            .mustNot(QueryBuilders.existsQuery(where.notIn()));
    if (document.id() != null) {
      near.mustNot(QueryBuilders.idsQuery().addIds(document.id()));
    }
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .query(near)
            .size(1)
            .fetchSource(false)
            .trackTotalHits(false)
            .timeout(where.timeout());
    return new SearchRequest(new String[] {where.index()}, source).allowPartialSearchResults(false);
  }

  /** The score of the query is (bits - distance) / bits. */
  private static NearDuplicate found(SearchHit hit, int bits, Where where) {
    int distance = Math.round((1 - hit.getScore()) * bits);
    return new NearDuplicate(hit.getId(), hit.getIndex(), distance, where.maxDistance(bits), true);
  }
}
