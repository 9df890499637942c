// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.search.MultiSearchRequest;
import org.elasticsearch.action.search.MultiSearchResponse;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.support.ThreadedActionListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.builder.SearchSourceBuilder;
import org.semantichash.plugin.api.ModelReferences.MappedField;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.ShardSearches;

/**
 * Fields that are bound to another file than the one their model has now. Their documents are
 * counted with the rights of the caller: a user who may not search an index learns that it has such
 * a field, as from its mapping, and no number.
 */
public final class OldCodes {

  private static final Logger logger = LogManager.getLogger(OldCodes.class);

  private final Client client;
  private final ModelReferences users;

  @Inject
  public OldCodes(Client client, ModelReferences users) {
    this.client = client;
    this.users = users;
  }

  /**
   * Finds the fields and counts their documents.
   *
   * @param names the names of a model
   * @param digest the SHA-256 of its file now
   * @param listener gets one object per field, as responses show it, and never a failure
   */
  void of(List<ModelId> names, String digest, ActionListener<List<Map<String, Object>>> listener) {
    List<MappedField> fields =
        users.fields(names).stream()
            .filter(field -> field.isOfAnother(digest))
            .sorted(Comparator.comparing(MappedField::index).thenComparing(MappedField::name))
            .toList();
    count(fields, listener);
  }

  private void count(List<MappedField> fields, ActionListener<List<Map<String, Object>>> listener) {
    if (fields.isEmpty()) {
      listener.onResponse(List.of());
      return;
    }
    MultiSearchRequest searches = new MultiSearchRequest();
    fields.forEach(field -> searches.add(search(field)));
    client.multiSearch(
        searches,
        new ThreadedActionListener<>(client.threadPool().generic(), listener)
            .delegateResponse(
                (l, e) -> {
                  logger.debug("cannot count old codes", e);
                  l.onResponse(fields.stream().map(field -> shown(field, null)).toList());
                })
            .map((MultiSearchResponse counted) -> shown(fields, counted.getResponses())));
  }

  private static SearchRequest search(MappedField field) {
    SearchSourceBuilder source =
        new SearchSourceBuilder().query(field.exists()).size(0).trackTotalHits(true);
    return new SearchRequest(new String[] {field.index()}, source).allowPartialSearchResults(false);
  }

  private static List<Map<String, Object>> shown(
      List<MappedField> fields, MultiSearchResponse.Item[] counted) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < counted.length; i++) {
      if (counted[i].isFailure()) {
        logger.debug("cannot count old codes", counted[i].getFailure());
      }
      all.add(shown(fields.get(i), counted[i].isFailure() ? null : hits(counted[i])));
    }
    return all;
  }

  private static Long hits(MultiSearchResponse.Item counted) {
    return ShardSearches.totalHits(counted.getResponse());
  }

  private static Map<String, Object> shown(MappedField field, Long documents) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("index", field.index());
    shown.put("field", field.name());
    shown.put("digest", field.digest());
    if (documents != null) {
      shown.put("documents", documents);
    }
    return shown;
  }
}
