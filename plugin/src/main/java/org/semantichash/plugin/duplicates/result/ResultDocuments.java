// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import static org.elasticsearch.search.aggregations.AggregationBuilders.filter;
import static org.elasticsearch.search.aggregations.AggregationBuilders.sum;
import static org.elasticsearch.search.aggregations.AggregationBuilders.terms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.GetResponse;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.OriginSettingClient;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.io.stream.BytesStreamOutput;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.index.engine.VersionConflictEngineException;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.index.query.QueryBuilders;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.aggregations.InternalAggregations;
import org.elasticsearch.search.aggregations.bucket.filter.InternalFilter;
import org.elasticsearch.search.aggregations.bucket.terms.Terms;
import org.elasticsearch.search.aggregations.metrics.Sum;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.sort.SortOrder;
import org.elasticsearch.xcontent.XContentBuilder;
import org.elasticsearch.xcontent.XContentFactory;
import org.elasticsearch.xcontent.XContentType;
import org.semantichash.plugin.duplicates.DuplicatesLimits;
import org.semantichash.plugin.store.ModelIndex;
import org.semantichash.plugin.wire.DocumentVersion;

/** Reads and writes the documents of the index of results, as the plugin and not as the caller. */
final class ResultDocuments {

  private static final Logger logger = LogManager.getLogger(ResultDocuments.class);

  private static final int MAX_JOBS = DuplicatesLimits.MOST_RESULTS;
  private static final int DELETED = 1000; // pages in one request
  private static final String PAGE = "groups"; // the type of a page
  private static final QueryBuilder JOBS = QueryBuilders.termQuery("type", StoredJob.TYPE);
  private static final String PAGE_BYTES = "page_bytes";

  private final Client client;

  ResultDocuments(Client client) {
    this.client = new OriginSettingClient(client, ModelIndex.ORIGIN);
  }

  private static String page(String job, int page) {
    return job + ":" + page;
  }

  /** Fails rather than to give a part: what it lacks would be taken for deleted. */
  private static SearchRequest whole(SearchSourceBuilder source) {
    return new SearchRequest(new String[] {ResultIndex.ALIAS}, source)
        .allowPartialSearchResults(false);
  }

  void get(String job, ActionListener<Optional<StoredJob>> listener) {
    client.get(
        new GetRequest(ResultIndex.ALIAS, job),
        orWithoutIndex(Optional.<StoredJob>empty(), listener)
            .map(found -> found.isExists() ? Optional.of(StoredJob.of(found)) : Optional.empty()));
  }

  /** All jobs, the last first, without their pages. */
  void list(ActionListener<List<StoredJob>> listener) {
    search(JOBS, listener);
  }

  /** The expired jobs, and those of an early version without expiry, which have no owner. */
  void expired(long now, ActionListener<List<StoredJob>> listener) {
    search(expired(now), listener);
  }

  private static QueryBuilder expired(long now) {
    return QueryBuilders.boolQuery()
        .filter(JOBS)
        .mustNot(QueryBuilders.rangeQuery("expires").gt(now));
  }

  private void search(QueryBuilder jobs, ActionListener<List<StoredJob>> listener) {
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .query(jobs)
            .size(MAX_JOBS)
            .fetchSource(null, "starts")
            .sort("started", SortOrder.DESC);
    client.search(
        whole(source),
        orWithoutIndex(List.<StoredJob>of(), listener)
            .map(
                response -> {
                  List<StoredJob> found = new ArrayList<>();
                  for (SearchHit hit : response.getHits().getHits()) {
                    addReadable(hit, found);
                  }
                  return found;
                }));
  }

  /** While nodes are upgraded one by one, a job may be one that only newer nodes can read. */
  private static void addReadable(SearchHit hit, List<StoredJob> jobs) {
    try {
      jobs.add(StoredJob.of(hit.getSourceAsMap(), 0, 0));
    } catch (IllegalStateException e) {
      logger.debug("near duplicates [" + hit.getId() + "] are left to newer nodes", e);
    }
  }

  /**
   * The ids of all jobs, also of those that only newer nodes can read; empty if there may be more.
   */
  void ids(ActionListener<Optional<Set<String>>> listener) {
    SearchSourceBuilder source =
        new SearchSourceBuilder().query(JOBS).size(MAX_JOBS).fetchSource(false);
    client.search(
        whole(source),
        orWithoutIndex(Optional.of(Set.<String>of()), listener)
            .map(
                response -> {
                  Set<String> ids = new HashSet<>();
                  for (SearchHit hit : response.getHits().getHits()) {
                    ids.add(hit.getId());
                  }
                  return ids.size() < MAX_JOBS ? Optional.of(ids) : Optional.empty();
                }));
  }

  /** Writes a job that is new. */
  void create(StoredJob job, ActionListener<Void> listener) {
    client.index(
        index(job.id(), job.source())
            .opType(DocWriteRequest.OpType.CREATE)
            .setRefreshPolicy(RefreshPolicy.IMMEDIATE),
        listener.map(written -> null));
  }

  /** Overwrites a job that must be as it was read; false when it is not. */
  void replace(StoredJob job, ActionListener<Boolean> listener) {
    client.index(
        index(job.id(), job.source())
            .setIfSeqNo(job.seqNo())
            .setIfPrimaryTerm(job.primaryTerm())
            .setRefreshPolicy(RefreshPolicy.IMMEDIATE),
        listener
            .delegateResponse(
                (l, e) -> {
                  if (ExceptionsHelper.unwrapCause(e) instanceof VersionConflictEngineException) {
                    l.onResponse(false);
                  } else {
                    l.onFailure(e);
                  }
                })
            .map(written -> true));
  }

  /**
   * What is stored, but for what is over and only waits to be swept.
   *
   * @param jobs how many searches
   * @param bytes of the groups of all of them, as far as a refresh has made them visible
   */
  record Usage(long jobs, long bytes) {}

  /** What is stored by all searches. */
  void usage(long now, ActionListener<Usage> listener) {
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .size(0)
            .aggregation(filter("jobs", JOBS))
            .aggregation(
                filter("expired", expired(now)).subAggregation(sum("bytes").field("bytes")))
            .aggregation(sum("bytes").field(PAGE_BYTES));
    client.search(
        whole(source),
        orWithoutIndex(new Usage(0, 0), listener)
            .map(
                response -> {
                  InternalAggregations found = response.getAggregations();
                  if (found == null) { // no shard was asked
                    return new Usage(0, 0);
                  }
                  InternalFilter jobs = found.get("jobs");
                  InternalFilter expired = found.get("expired");
                  long bytes = bytes(found) - bytes(expired.getAggregations());
                  return new Usage(jobs.getDocCount() - expired.getDocCount(), Math.max(0, bytes));
                }));
  }

  private static long bytes(InternalAggregations found) {
    Sum bytes = found.get("bytes");
    return (long) bytes.value();
  }

  /** The ids of all jobs that have pages. */
  void jobsWithPages(ActionListener<Set<String>> listener) {
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .size(0)
            .query(QueryBuilders.termQuery("type", PAGE))
            .aggregation(terms("jobs").field("job").size(MAX_JOBS));
    client.search(
        whole(source),
        orWithoutIndex(Set.<String>of(), listener)
            .map(
                response -> {
                  Set<String> jobs = new HashSet<>();
                  if (response.getAggregations() != null) {
                    Terms found = response.getAggregations().get("jobs");
                    found.getBuckets().forEach(bucket -> jobs.add(bucket.getKeyAsString()));
                  }
                  return jobs;
                }));
  }

  /** A page of groups as it is written, which tells its own size. */
  static BytesReference page(String job, List<Map<String, Object>> groups) {
    BytesStreamOutput bytes = new BytesStreamOutput();
    try (XContentBuilder page = XContentFactory.jsonBuilder(bytes)) {
      page.startObject().field("type", PAGE).field("job", job);
      page.field(DocumentVersion.FIELD, DocumentVersion.CURRENT);
      page.startObject("groups").field("list", groups).endObject();
      page.flush();
      page.field(PAGE_BYTES, bytes.size());
      return BytesReference.bytes(page.endObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written to memory
    }
  }

  void putPage(String job, int page, BytesReference source, ActionListener<Void> listener) {
    client.index(
        new IndexRequest(ResultIndex.ALIAS).id(page(job, page)).source(source, XContentType.JSON),
        listener.map(written -> null));
  }

  /** The groups of some pages. */
  void pages(String job, int from, int to, ActionListener<List<Map<String, Object>>> listener) {
    if (from == to) {
      listener.onResponse(List.of());
      return;
    }
    var request = client.prepareMultiGet();
    for (int page = from; page < to; page++) {
      request.add(ResultIndex.ALIAS, page(job, page));
    }
    // Many megabytes may have to be parsed, which is no work for a thread of the network.
    request.execute(
        new ThreadedActionListener<>(
            client.threadPool().generic(),
            listener.map(
                response -> {
                  List<Map<String, Object>> groups = new ArrayList<>();
                  for (MultiGetItemResponse item : response) {
                    if (item.isFailed()) {
                      throw item.getFailure().getFailure();
                    }
                    groups.addAll(groups(item.getResponse()));
                  }
                  return groups;
                })));
  }

  @SuppressWarnings("unchecked") // written by putPage
  private static List<Map<String, Object>> groups(GetResponse page) {
    if (page.isExists() == false) {
      throw new IllegalStateException("page [" + page.getId() + "] of the groups is missing");
    }
    Map<String, Object> groups =
        (Map<String, Object>)
            DocumentVersion.check(page.getId(), page.getSourceAsMap()).get("groups");
    return (List<Map<String, Object>>) groups.get("list");
  }

  /** Deletes a job and its pages, whatever there is. */
  void delete(String job, ActionListener<Void> listener) {
    client.delete(
        new DeleteRequest(ResultIndex.ALIAS, job).setRefreshPolicy(RefreshPolicy.IMMEDIATE),
        listener.delegateFailureAndWrap((l, deleted) -> deletePages(job, l)));
  }

  /** Deletes the pages of a job. */
  void deletePages(String job, ActionListener<Void> listener) {
    client
        .admin()
        .indices()
        .prepareRefresh(ResultIndex.ALIAS)
        .execute(listener.delegateFailureAndWrap((l, refreshed) -> deleteFound(job, l)));
  }

  private void deleteFound(String job, ActionListener<Void> listener) {
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .query(
                QueryBuilders.boolQuery()
                    .filter(QueryBuilders.termQuery("type", PAGE))
                    .filter(QueryBuilders.termQuery("job", job)))
            .size(DELETED)
            .fetchSource(false);
    client.search(
        whole(source),
        listener.delegateFailureAndWrap(
            (l, response) -> {
              BulkRequest bulk = new BulkRequest();
              for (SearchHit hit : response.getHits().getHits()) {
                bulk.add(new DeleteRequest(ResultIndex.ALIAS, hit.getId()));
              }
              if (bulk.numberOfActions() == 0) {
                l.onResponse(null);
              } else {
                deleteAll(job, bulk, l);
              }
            }));
  }

  private void deleteAll(String job, BulkRequest bulk, ActionListener<Void> listener) {
    client.bulk(
        bulk.setRefreshPolicy(RefreshPolicy.IMMEDIATE),
        listener.delegateFailureAndWrap(
            (l, response) -> {
              if (response.hasFailures()) {
                throw new IllegalStateException(response.buildFailureMessage());
              }
              deleteFound(job, l);
            }));
  }

  private static IndexRequest index(String id, Map<String, Object> source) {
    return new IndexRequest(ResultIndex.ALIAS).id(id).source(DocumentVersion.add(source));
  }

  /** Nothing has been stored yet as long as there is no index. */
  private static <R> ActionListener<R> orWithoutIndex(R nothing, ActionListener<R> listener) {
    return listener.delegateResponse(
        (l, e) -> {
          if (ExceptionsHelper.unwrapCause(e) instanceof IndexNotFoundException) {
            l.onResponse(nothing);
          } else {
            l.onFailure(e);
          }
        });
  }
}
