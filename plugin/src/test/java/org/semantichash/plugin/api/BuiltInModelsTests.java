// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.bulk.BulkResponse;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.rest.FakeRestRequest;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.XContentType;
import org.semantichash.TextHasher;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.api.AliasApi.GetAliases;
import org.semantichash.plugin.api.AliasApi.PutAlias;
import org.semantichash.plugin.models.EmptyCode;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.ModelStats;
import org.semantichash.plugin.store.EmptyCodes;

/** The models that come with the plugin, on a node that nobody has stored a model on. */
public class BuiltInModelsTests extends ActionTestCase {

  private static final String TEXT = "a plugin that comes with a model needs no training at all";

  private final BuiltInModel model = randomFrom(BuiltInModel.all());
  private final EncoderModel read = EncoderModel.read(model.file());

  private String code(String text) {
    try (TextHasher hasher = TextHasher.open(read)) {
      return hasher.hash(text).code().toHex();
    }
  }

  public void testAllAreListedAndDescribed() {
    List<?> models = (List<?>) get(randomFrom("_*", null, "_all"), false).get("models");
    assertThat(
        models.stream().<Object>map(m -> ((Map<?, ?>) m).get("model")).toList(),
        equalTo(BuiltInModel.all().stream().<Object>map(BuiltInModel::name).toList()));
    Map<?, ?> one = (Map<?, ?>) ((List<?>) get(model.name(), false).get("models")).get(0);
    assertThat(one.get("built_in"), equalTo(true));
    assertThat(one.get("digest"), equalTo(model.digest()));
    assertThat(one.get("digest"), equalTo(read.digest()));
    assertThat(one.get("bits"), equalTo(read.metadata().bits()));
    assertThat(one.get("size_in_bytes"), equalTo(read.sizeInBytes()));
    assertThat(one.get("empty_code"), equalTo(code("")));
    assertFalse("it was never uploaded", one.containsKey("created") || one.containsKey("parts"));
  }

  public void testItHashesByItsNameAndByAliases() {
    PutAlias.Parameters alias =
        new PutAlias.Parameters(new ModelId("copies"), new ModelId(model.name()));
    if (randomBoolean()) {
      hash(model.name(), false, TEXT);
    }
    Map<String, Object> put = ask(PutAlias.TYPE, alias);
    assertThat(put.get("digest"), equalTo(model.digest()));
    for (String name : List.of(model.name(), "copies")) {
      Map<String, Object> hashed = hash(name, true, TEXT);
      assertThat(hashed.get("digest"), equalTo(model.digest()));
      Map<?, ?> shown = (Map<?, ?>) ((List<?>) hashed.get("docs")).get(0);
      assertThat(shown.get("code"), equalTo(code(TEXT)));
    }
    Map<?, ?> shown = (Map<?, ?>) ((List<?>) get(model.name(), false).get("models")).get(0);
    assertThat(shown.get("aliases"), equalTo(List.of("copies")));
    GetAliases.Parameters all = new GetAliases.Parameters(NamePatterns.parse(null), false);
    Map<?, ?> listed = (Map<?, ?>) ((List<?>) ask(GetAliases.TYPE, all).get("aliases")).get(0);
    assertThat(listed.get("digest"), equalTo(model.digest()));
  }

  public void testDocumentsAreHashedAndFound() {
    putPipeline(
        "copies",
        "{'processors':[{'semantic_hash':{'model':'"
            + model.name()
            + "','field':'body','target_field':'code'}}]}");
    createIndex(
        "texts",
        randomIntBetween(1, 3),
        "{'properties':{'code':{'type':'hash_code','bits':"
            + read.metadata().bits()
            + ",'model':'"
            + model.name()
            + "'}}}");
    BulkResponse bulk =
        bulk("texts", "copies", Map.of("1", Map.of("body", TEXT), "2", Map.of("body", "other")));
    assertFalse(bulk.buildFailureMessage(), bulk.hasFailures());
    List<Hit> hits =
        hits(
            "texts",
            "{'query':{'hamming':{'field':'code','text':'" + TEXT + "','max_distance':0}}}");
    assertThat(hits.stream().map(Hit::id).toList(), equalTo(List.of("1")));
  }

  public void testTheirEmptyCodeIsKnownByNameAndByDigest() {
    EmptyCodes codes = getInstanceFromNode(EmptyCodes.class);
    int bits = read.metadata().bits();
    String digest = model.digest().substring(0, 16);
    ModelId id = new ModelId(model.name());
    for (ModelId name : new ModelId[] {id, null}) {
      EmptyCode found = answer(l -> codes.find(name, digest, bits, l));
      assertThat(found, equalTo(EmptyCode.of(read.metadata().emptyCode())));
    }
    EmptyCode other = answer(l -> codes.find(id, "0123456789abcdef", bits, l));
    assertTrue("another plugin's file has another", other.isUnknown());
  }

  /** As those of the cluster are, so that they take memory only while they are used. */
  public void testTheyAreLoadedWhenUsedAndDroppedWhenUnused() throws Exception {
    ModelCache cache = getInstanceFromNode(ModelCache.class);
    assertThat(cache.stats(), equalTo(List.of()));
    hash(model.name(), false, TEXT);
    ModelStats stats = cache.stats().get(0);
    assertThat(stats.loaded().place(), equalTo("plugin"));
    assertThat(stats.loaded().digest(), equalTo(model.digest()));
    cache.dropOutdated();
    assertNotNull(cache.stats().get(0).loaded());
    assertBusy(
        () -> {
          cache.dropUnused(TimeValue.timeValueNanos(1));
          assertNull(cache.stats().get(0).loaded());
        });
  }

  public void testANameThatThisPluginDoesNotHave() {
    assertFails(
        RestStatus.NOT_FOUND,
        "model [_later] not found: the plugin of this node comes with models "
            + BuiltInModel.all().stream().map(BuiltInModel::name).toList(),
        () -> hash("_later", false, TEXT));
    assertFails(
        RestStatus.NOT_FOUND,
        "alias [news] cannot stand for model [_later], which is not in the cluster",
        () ->
            ask(
                PutAlias.TYPE,
                new PutAlias.Parameters(new ModelId("news"), new ModelId("_later"))));
  }

  /** Every endpoint that writes refuses before anything else. */
  public void testNobodyWritesThem() {
    List<String> writers =
        List.of("put_model", "delete_model", "put_part", "complete", "put_alias", "delete_alias");
    int tried = 0;
    for (RestHandler handler : ModelActions.endpoints()) {
      RestEndpoint endpoint = (RestEndpoint) handler;
      if (writers.contains(endpoint.getName().substring("semantic_hash_".length()))) {
        IllegalArgumentException e =
            expectThrows(
                IllegalArgumentException.class, () -> endpoint.prepareRequest(request(), null));
        assertThat(
            e.getMessage(),
            equalTo(
                "[model] must begin with a letter or a digit here, since names that begin with [_]"
                    + " are those of models that come with the plugin and are not stored, replaced"
                    + " or deleted, got ["
                    + model.name()
                    + "]"));
        tried++;
      }
    }
    assertThat(tried, equalTo(writers.size()));
  }

  private RestRequest request() {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("id", model.name());
    parameters.put("alias", model.name());
    return new FakeRestRequest.Builder(NamedXContentRegistry.EMPTY)
        .withParams(parameters)
        .withContent(new BytesArray("{\"model\":\"news\"}"), XContentType.JSON)
        .build();
  }

  public void testStoredModelsAreListedBesideThem() {
    put("news", first, false);
    List<?> models = (List<?>) get(null, false).get("models");
    assertThat(models.size(), equalTo(1 + BuiltInModel.all().size()));
    assertThat(names(get("*", false)), equalTo(List.of("news")));
    assertThat(names(get(null, false)), not(hasItem(model.name())));
  }
}
