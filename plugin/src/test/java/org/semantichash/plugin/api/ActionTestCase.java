// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionType;
import org.semantichash.plugin.ModelTestCase;
import org.semantichash.plugin.api.LocalAction.LocalRequest;
import org.semantichash.plugin.models.ModelId;

/** A node, and what its actions answer. */
public abstract class ActionTestCase extends ModelTestCase {

  protected final <P> Map<String, Object> ask(ActionType<JsonResponse> type, P parameters) {
    return client().execute(type, new LocalRequest<>(parameters)).actionGet().fields();
  }

  protected final Map<String, Object> put(String id, byte[] file, boolean replace) {
    return ask(PutModel.TYPE, new PutModel.Parameters(new ModelId(id), file, null, replace));
  }

  protected final Map<String, Object> get(String names, boolean allowNoMatch) {
    return ask(
        GetModels.TYPE,
        new GetModels.Parameters(NamePatterns.parse(names), allowNoMatch, randomBoolean(), null));
  }

  protected final Map<String, Object> delete(String id, boolean force) {
    return ask(DeleteModel.TYPE, new DeleteModel.Parameters(new ModelId(id), force));
  }

  protected final Map<String, Object> hash(String id, boolean explain, String... texts) {
    return ask(HashTexts.TYPE, new HashTexts.Parameters(new ModelId(id), List.of(texts), explain));
  }

  /** The names of the models in an answer that do not come with the plugin. */
  protected static List<Object> names(Map<String, Object> answer) {
    List<?> models = (List<?>) answer.get("models");
    assertThat(answer.get("count"), equalTo(models.size()));
    return models.stream()
        .map(m -> (Map<?, ?>) m)
        .filter(m -> m.containsKey("built_in") == false)
        .<Object>map(m -> m.get("model"))
        .toList();
  }
}
