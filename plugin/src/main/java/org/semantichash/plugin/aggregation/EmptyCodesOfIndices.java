// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.aggregation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.util.SetOnce;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ResolvedIndices;
import org.elasticsearch.action.support.RefCountingListener;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.index.query.QueryRewriteContext;
import org.semantichash.plugin.mapper.CodeMapping;
import org.semantichash.plugin.models.EmptyCode;

/**
 * The codes that stand for texts without known terms in the searched indices, by UUID of the index:
 * another cluster may have an index of the same name. They are asked for by the node that
 * coordinates the search, once for all shards.
 */
final class EmptyCodesOfIndices {

  private final EmptyCode.Lookup lookup;
  private final Map<String, EmptyCode> known;

  /** What is on its way; null when nothing is asked for. */
  private final SetOnce<Map<String, EmptyCode>> asked;

  private EmptyCodesOfIndices(
      EmptyCode.Lookup lookup,
      Map<String, EmptyCode> known,
      SetOnce<Map<String, EmptyCode>> asked) {
    this.lookup = lookup;
    this.known = known;
    this.asked = asked;
  }

  /**
   * Some are known.
   *
   * @param known the codes by UUID of the index
   */
  EmptyCodesOfIndices(EmptyCode.Lookup lookup, Map<String, EmptyCode> known) {
    this(lookup, known, null);
  }

  /** What is known, by UUID of the index. */
  Map<String, EmptyCode> known() {
    return known;
  }

  /** Asks for what is not known of the indices of a search; itself when there is nothing to ask. */
  EmptyCodesOfIndices rewrite(String field, QueryRewriteContext context) {
    if (asked != null) {
      if (asked.get() == null) {
        return this;
      }
      Map<String, EmptyCode> all = new TreeMap<>(known);
      all.putAll(asked.get());
      return new EmptyCodesOfIndices(lookup, all, null);
    }
    ResolvedIndices indices = context.getResolvedIndices();
    List<IndexMetadata> unknown =
        indices == null ? List.of() : unknown(indices.getConcreteLocalIndicesMetadata().values());
    if (unknown.isEmpty()) {
      return this;
    }
    SetOnce<Map<String, EmptyCode>> answer = new SetOnce<>();
    context.registerAsyncAction(
        (client, listener) ->
            find(
                field,
                unknown,
                listener.map(
                    found -> {
                      answer.set(found);
                      return null; // the rewriting wants no value
                    })));
    return new EmptyCodesOfIndices(lookup, known, answer);
  }

  private void find(
      String field, List<IndexMetadata> indices, ActionListener<Map<String, EmptyCode>> listener) {
    Map<String, EmptyCode> answers = new ConcurrentHashMap<>();
    try (RefCountingListener all = new RefCountingListener(listener.map(done -> answers))) {
      indices.forEach(index -> find(field, index, answers, all));
    }
  }

  private List<IndexMetadata> unknown(Collection<IndexMetadata> indices) {
    return indices.stream().filter(i -> known.containsKey(i.getIndexUUID()) == false).toList();
  }

  private void find(
      String field,
      IndexMetadata index,
      Map<String, EmptyCode> answers,
      RefCountingListener listeners) {
    CodeMapping.Field mapped = CodeMapping.of(index).field(field);
    if (mapped == null) {
      answers.put(index.getIndexUUID(), EmptyCode.NONE);
      return;
    }
    lookup.find(
        mapped.modelId().orElse(null),
        mapped.digest(),
        mapped.bits(),
        listeners.acquire(code -> answers.put(index.getIndexUUID(), code)));
  }
}
