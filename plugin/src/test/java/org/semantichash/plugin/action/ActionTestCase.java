/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.action;

import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionType;
import org.semantichash.plugin.ModelTestCase;
import org.semantichash.plugin.models.ModelId;

/** A node, and what its actions answer. */
public abstract class ActionTestCase extends ModelTestCase {

  protected final <P> Map<String, Object> ask(ActionType<Answer> type, P parameters) {
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

  /** The names of the models in an answer. */
  protected static List<Object> names(Map<String, Object> answer) {
    List<?> models = (List<?>) answer.get("models");
    assertThat(answer.get("count"), equalTo(models.size()));
    return models.stream().<Object>map(m -> ((Map<?, ?>) m).get("model")).toList();
  }
}
