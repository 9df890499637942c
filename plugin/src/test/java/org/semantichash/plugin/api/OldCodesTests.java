// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.hash.StampedCode;
import org.semantichash.plugin.api.AliasApi.PutAlias;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.server.ClusterIndices;

/** Fields whose codes are of another file than their model's now. */
public class OldCodesTests extends ActionTestCase {

  private static final String OLD = "0123456789abcdef";
  private static final String NOW = "fedcba9876543210" + "0".repeat(48);
  private static final String CODE = "{'type':'hash_code','bits':64,'model':'%s'}";

  private final List<IndexMetadata> indices = new ArrayList<>();

  /** An index, and what its mapping would say if its field were bound to a digest. */
  private void createBound(String name, String model, String digest, int documents) {
    String field = CODE.replace("%s", model);
    createIndex(name, between(1, 3), "{'properties':{'o':{'properties':{'c':" + field + "}}}}");
    for (int i = 0; i < documents; i++) {
      bulk(name, null, Map.of("with-" + i, Map.of("o", Map.of("c", "0123456789abcdef"))));
    }
    bulk(name, null, Map.of("without", Map.of("o", Map.of("x", 1))));
    String bound = field.replace("}", ",'digest':'" + digest + "'}").replace('\'', '"');
    String mapping = "{\"properties\":{\"o\":{\"properties\":{\"c\":" + bound + "}}}}";
    IndexMetadata unbound = getInstanceFromNode(ClusterIndices.class).now().indices().get(name);
    indices.add(IndexMetadata.builder(unbound).putMapping(mapping).build());
  }

  private List<Map<String, Object>> oldCodes(String... names) {
    OldCodes oldCodes = new OldCodes(client(), new ModelReferences(() -> indices, Map::of));
    List<ModelId> models = List.of(names).stream().map(ModelId::new).toList();
    return answer(l -> oldCodes.of(models, NOW, l));
  }

  private static Map<String, Object> field(String index, Long documents) {
    return documents == null
        ? Map.of("index", index, "field", "o.c", "digest", OLD)
        : Map.of("index", index, "field", "o.c", "digest", OLD, "documents", documents);
  }

  public void testCountsTheDocumentsOfOtherDigests() {
    int documents = between(0, 5);
    createBound("named", "news-1", OLD, documents);
    createBound("by-alias", "news", OLD, 2);
    createBound("current", "news-1", NOW.substring(0, 16), 2);
    createBound("unrelated", "other", OLD, 2);
    assertThat(
        oldCodes("news-1", "news"),
        equalTo(List.of(field("by-alias", 2L), field("named", (long) documents))));
    assertThat(oldCodes("news"), equalTo(List.of(field("by-alias", 2L))));
    assertThat(oldCodes("nix"), equalTo(List.of()));
  }

  public void testShowsBeforehandWhatAnotherFileWouldMakeOld() {
    put("news", first, false);
    String digest = EncoderModel.read(first).digest();
    String stamp = StampedCode.digestOfModel(digest);
    String field = CODE.replace("%s", "news").replace("}", ",'digest':'" + stamp + "'}");
    createIndex("named", 1, "{'properties':{'c':" + field + "}}");
    bulk("named", null, Map.of("1", Map.of("c", "0123456789abcdef@" + stamp)));
    assertThat(shown("news", null), equalTo(List.of()));
    assertThat(shown("news", digest), equalTo(List.of()));
    Map<?, ?> old = (Map<?, ?>) ((List<?>) shown("news", NOW)).get(0);
    assertThat(old.get("index"), equalTo("named"));
    assertThat(old.get("documents"), equalTo(1L));
  }

  private Object shown(String model, String digest) {
    var parameters = new GetModels.Parameters(NamePatterns.parse(model), false, true, digest);
    return ((Map<?, ?>) ((List<?>) ask(GetModels.TYPE, parameters).get("models")).get(0))
        .get("old_codes");
  }

  public void testAnIndexThatCannotBeSearchedIsShownWithoutANumber() {
    createBound("closed", "news", OLD, 2);
    createBound("open", "news", OLD, 3);
    client().admin().indices().prepareClose("closed").get();
    assertThat(oldCodes("news"), equalTo(List.of(field("closed", null), field("open", 3L))));
  }

  public void testAnswersShowThem() {
    put("news-1", first, false);
    createIndex("unbound", 1, "{'properties':{'c':" + CODE.replace("%s", "news") + "}}");
    Map<String, Object> created =
        ask(PutAlias.TYPE, new PutAlias.Parameters(new ModelId("news"), new ModelId("news-1")));
    assertThat(created.get("old_codes"), equalTo(List.of()));
    assertThat(put("news-1", second, true).get("old_codes"), equalTo(List.of()));
    for (boolean asked : new boolean[] {false, true}) {
      var parameters = new GetModels.Parameters(NamePatterns.parse("news"), false, asked, null);
      Map<?, ?> model =
          (Map<?, ?>) ((List<?>) ask(GetModels.TYPE, parameters).get("models")).get(0);
      assertThat(model.get("old_codes"), equalTo(asked ? List.of() : null));
    }
  }
}
