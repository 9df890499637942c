// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ExceptionsHelper;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.action.DocWriteRequest;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.get.GetRequest;
import org.elasticsearch.action.get.MultiGetItemResponse;
import org.elasticsearch.action.get.MultiGetRequest;
import org.elasticsearch.action.index.IndexRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.action.support.WriteRequest.RefreshPolicy;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.client.internal.OriginSettingClient;
import org.elasticsearch.common.CheckedSupplier;
import org.elasticsearch.index.IndexNotFoundException;
import org.elasticsearch.index.engine.VersionConflictEngineException;
import org.elasticsearch.index.query.QueryBuilder;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.elasticsearch.search.fetch.subphase.FetchSourceContext;
import org.elasticsearch.xcontent.XContentType;
import org.semantichash.plugin.wire.DocumentVersion;

/**
 * Reads and writes the documents of the system index, as the plugin and not as the caller. What
 * follows an answer runs on a generic thread: it may parse a document, or hash a file.
 */
final class SystemIndexDocuments {

  /** A document as it was read, for a write that must not overwrite another's. */
  record VersionedDocument(Map<String, Object> source, long seqNo, long primaryTerm) {}

  /** More than any cluster has models, or a model has chunks. */
  private static final int MAX_HITS = 10_000;

  private static final Logger logger = LogManager.getLogger(SystemIndexDocuments.class);

  private final Client client;

  /** The ids of documents that were left out; each is told once. */
  private final Set<String> newer = ConcurrentHashMap.newKeySet();

  SystemIndexDocuments(Client client) {
    this.client = new OriginSettingClient(client, ModelIndex.ORIGIN);
  }

  /** Reads a document as it is now, refreshed or not; empty when it or the index is missing. */
  void get(String id, ActionListener<Optional<VersionedDocument>> listener) {
    client.get(
        new GetRequest(ModelIndex.ALIAS, id),
        forked(
            orWithoutIndex(Optional.<VersionedDocument>empty(), listener)
                .map(
                    found ->
                        found.isExists()
                            ? Optional.of(
                                new VersionedDocument(
                                    DocumentVersion.check(id, found.getSourceAsMap()),
                                    found.getSeqNo(),
                                    found.getPrimaryTerm()))
                            : Optional.empty())));
  }

  /** Which of these documents there are now. */
  void exist(List<String> ids, ActionListener<Set<String>> listener) {
    MultiGetRequest request = new MultiGetRequest();
    for (String id : ids) {
      request.add(
          new MultiGetRequest.Item(ModelIndex.ALIAS, id)
              .fetchSourceContext(FetchSourceContext.DO_NOT_FETCH_SOURCE));
    }
    client.multiGet(
        request,
        forked(listener)
            .map(
                response -> {
                  Set<String> found = new HashSet<>();
                  for (MultiGetItemResponse item : response) {
                    if (item.isFailed()) {
                      throw item.getFailure().getFailure();
                    }
                    if (item.getResponse().isExists()) {
                      found.add(item.getId());
                    }
                  }
                  return found;
                }));
  }

  /**
   * What a search found.
   *
   * @param readable the documents, without [data]
   * @param newer how many more there are, which only a newer plugin can read
   */
  record Found(List<Map<String, Object>> readable, int newer) {}

  /** All documents that match and have been refreshed, as far as this plugin can read them. */
  void search(QueryBuilder query, ActionListener<Found> listener) {
    SearchSourceBuilder source =
        new SearchSourceBuilder()
            .query(query)
            .size(MAX_HITS)
            .fetchSource(null, "data")
            .sort("model");
    SearchRequest request =
        new SearchRequest(new String[] {ModelIndex.ALIAS}, source).allowPartialSearchResults(false);
    client.search(
        request,
        orWithoutIndex(new Found(List.of(), 0), forked(listener))
            .map(response -> found(response.getHits().getHits())));
  }

  private Found found(SearchHit[] hits) {
    List<Map<String, Object>> readable = new ArrayList<>();
    for (SearchHit hit : hits) {
      Map<String, Object> document = hit.getSourceAsMap();
      if (DocumentVersion.isReadable(document)) {
        readable.add(document);
      } else if (newer.add(hit.getId())) {
        logger.warn("document [{}] is left out: a newer plugin stored it", hit.getId());
      }
    }
    return new Found(readable, hits.length - readable.size());
  }

  /** Writes a document, whether or not there is one. */
  void put(String id, Map<String, Object> source, ActionListener<Void> listener) {
    client.index(index(id, source, XContentType.CBOR), forked(listener.map(written -> null)));
  }

  /** Writes a document that must not exist; false when it does. */
  void create(String id, Map<String, Object> source, ActionListener<Boolean> listener) {
    IndexRequest request =
        index(id, source, XContentType.JSON)
            .opType(DocWriteRequest.OpType.CREATE)
            .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
    client.index(request, forked(orConflict(listener).map(written -> true)));
  }

  /** Overwrites a document that must still be as it was read; false when it is not. */
  void replace(
      String id,
      Map<String, Object> source,
      VersionedDocument old,
      ActionListener<Boolean> listener) {
    IndexRequest request =
        index(id, source, XContentType.JSON)
            .setIfSeqNo(old.seqNo())
            .setIfPrimaryTerm(old.primaryTerm())
            .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
    client.index(request, forked(orConflict(listener).map(written -> true)));
  }

  /** Deletes a document that must still be as it was read; false when it is not. */
  void delete(String id, VersionedDocument old, ActionListener<Boolean> listener) {
    DeleteRequest request =
        new DeleteRequest(ModelIndex.ALIAS, id)
            .setIfSeqNo(old.seqNo())
            .setIfPrimaryTerm(old.primaryTerm())
            .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
    client.delete(request, forked(orConflict(listener).map(deleted -> true)));
  }

  /** Deletes documents, those that exist. */
  void deleteAll(List<String> ids, ActionListener<Void> listener) {
    if (ids.isEmpty()) {
      listener.onResponse(null);
      return;
    }
    BulkRequest bulk = new BulkRequest();
    ids.forEach(id -> bulk.add(new DeleteRequest(ModelIndex.ALIAS, id)));
    client.bulk(
        bulk,
        forked(listener)
            .map(
                response -> {
                  if (response.hasFailures()) {
                    throw new IllegalStateException(response.buildFailureMessage());
                  }
                  return null;
                }));
  }

  /** Responds with what needs no document, on the thread that answers about documents too. */
  <R> void fork(CheckedSupplier<R, Exception> supplier, ActionListener<R> listener) {
    client.threadPool().generic().execute(ActionRunnable.supply(listener, supplier));
  }

  private <R> ActionListener<R> forked(ActionListener<R> listener) {
    return new ThreadedActionListener<>(client.threadPool().generic(), listener);
  }

  private static IndexRequest index(String id, Map<String, Object> source, XContentType type) {
    return new IndexRequest(ModelIndex.ALIAS).id(id).source(DocumentVersion.add(source), type);
  }

  /** Nothing has been stored yet as long as there is no index. */
  private static <R> ActionListener<R> orWithoutIndex(R nothing, ActionListener<R> listener) {
    return orElse(IndexNotFoundException.class, nothing, listener);
  }

  private static ActionListener<Boolean> orConflict(ActionListener<Boolean> listener) {
    return orElse(VersionConflictEngineException.class, false, listener);
  }

  /** Responds with a value instead of a failure of this kind. */
  private static <R> ActionListener<R> orElse(
      Class<? extends Exception> kind, R response, ActionListener<R> listener) {
    return listener.delegateResponse(
        (l, e) -> {
          if (kind.isInstance(ExceptionsHelper.unwrapCause(e))) {
            l.onResponse(response);
          } else {
            l.onFailure(e);
          }
        });
  }
}
