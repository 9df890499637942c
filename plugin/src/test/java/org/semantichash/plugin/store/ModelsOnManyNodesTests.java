// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.shard.ShardId;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.test.ESIntegTestCase;
import org.elasticsearch.test.InternalTestCluster;
import org.semantichash.HashedText;
import org.semantichash.plugin.SemanticHashPlugin;
import org.semantichash.plugin.api.AliasApi.PutAlias;
import org.semantichash.plugin.api.DeleteModel;
import org.semantichash.plugin.api.LocalAction.LocalRequest;
import org.semantichash.plugin.api.PutModel;
import org.semantichash.plugin.models.ModelCache;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.TestModel;
import org.semantichash.plugin.store.StoredModel.StoredOutcome;

/** All nodes hash with the same model, whatever happens to it or to them. */
@ESIntegTestCase.ClusterScope(scope = ESIntegTestCase.Scope.TEST, numDataNodes = 3)
public class ModelsOnManyNodesTests extends ESIntegTestCase {

  private static final ModelId NEWS = new ModelId("news");

  @Override
  protected Collection<Class<? extends Plugin>> nodePlugins() {
    return List.of(SemanticHashPlugin.class);
  }

  @Override
  protected Settings nodeSettings(int node, Settings otherSettings) {
    return Settings.builder()
        .put(super.nodeSettings(node, otherSettings))
        .put("semantic_hash.model.check_interval", "200ms")
        .build();
  }

  private static String codeOn(String node) {
    PlainActionFuture<HashedText> hashed = new PlainActionFuture<>();
    internalCluster().getInstance(ModelCache.class, node).hash(NEWS, "word07", hashed);
    return hashed.actionGet().code().toHex();
  }

  private static List<String> codes() {
    List<String> codes = new ArrayList<>();
    for (String node : internalCluster().getNodeNames()) {
      codes.add(codeOn(node));
    }
    return codes;
  }

  private static String expected(byte[] file) {
    try (var hasher = TestModel.hasher(file)) {
      return hasher.hash("word07").code().toHex();
    }
  }

  private static void put(byte[] file, boolean replace) {
    put(NEWS, file, replace);
  }

  private static void put(ModelId id, byte[] file, boolean replace) {
    client()
        .execute(
            PutModel.TYPE, new LocalRequest<>(new PutModel.Parameters(id, file, null, replace)))
        .actionGet();
  }

  public void testAllNodesChangeAtOnce() {
    byte[] file = TestModel.file(64, 1);
    put(file, false);
    for (int seed = 2; seed < 7; seed++) {
      assertThat(codes(), everyItem(equalTo(expected(file))));
      file = TestModel.file(64, seed);
      put(file, true);
    }
    assertThat(codes(), everyItem(equalTo(expected(file))));
    client()
        .execute(
            DeleteModel.TYPE, new LocalRequest<>(new DeleteModel.Parameters(NEWS, randomBoolean())))
        .actionGet();
    for (String node : internalCluster().getNodeNames()) {
      Exception e = expectThrows(Exception.class, () -> codeOn(node));
      assertThat(e.getMessage(), containsString("model [news] not found"));
    }
  }

  public void testAllNodesSwitchAnAliasAtOnce() {
    List<byte[]> files = List.of(TestModel.file(64, 1), TestModel.file(64, 2));
    for (int i = 0; i < files.size(); i++) {
      put(new ModelId("news-" + i), files.get(i), false);
    }
    for (int round = 0; round < 4; round++) {
      var target = new ModelId("news-" + round % 2);
      client()
          .execute(PutAlias.TYPE, new LocalRequest<>(new PutAlias.Parameters(NEWS, target)))
          .actionGet();
      assertThat(codes(), everyItem(equalTo(expected(files.get(round % 2)))));
    }
    byte[] replacing = TestModel.file(64, 3);
    put(new ModelId("news-1"), replacing, true);
    assertThat(codes(), everyItem(equalTo(expected(replacing))));
  }

  /** Every text gets a code of one of the models that were there meanwhile. */
  public void testNoTextIsLostWhileTheModelChanges() throws Exception {
    List<byte[]> files = new ArrayList<>();
    Set<String> right = new HashSet<>();
    for (int seed = 0; seed < 8; seed++) {
      files.add(TestModel.file(64, seed));
      right.add(expected(files.get(seed)));
    }
    put(files.get(0), false);
    String[] nodes = internalCluster().getNodeNames();
    AtomicBoolean stop = new AtomicBoolean();
    List<FutureTask<Integer>> hashing = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String node = nodes[i % nodes.length];
      FutureTask<Integer> task =
          new FutureTask<>(
              () -> {
                int texts = 0;
                for (; stop.get() == false; texts++) {
                  assertTrue(right.contains(codeOn(node)));
                }
                return texts;
              });
      hashing.add(task);
      new Thread(task, "hashing-" + i).start();
    }
    for (byte[] file : files) {
      put(file, true);
    }
    stop.set(true);
    for (FutureTask<Integer> task : hashing) {
      assertThat(task.get(), greaterThan(0));
    }
    assertThat(codes(), everyItem(equalTo(expected(files.get(files.size() - 1)))));
  }

  public void testNodesThatWereNotToldFindOut() throws Exception {
    byte[] first = TestModel.file(64, 1);
    byte[] second = TestModel.file(64, 2);
    put(first, false);
    assertThat(codes(), everyItem(equalTo(expected(first))));
    PlainActionFuture<StoredOutcome> untold = new PlainActionFuture<>();
    internalCluster().getInstance(ModelStore.class).put(NEWS, second, null, true, untold);
    untold.actionGet();
    assertBusy(() -> assertThat(codes(), everyItem(equalTo(expected(second)))));
  }

  /** A bare 408 would say nothing, and nobody can tell whether the id exists. */
  public void testAStoreWithoutShardsIsNamed() throws Exception {
    put(TestModel.file(64, 1), false);
    ensureGreen();
    updateClusterSettings(
        Settings.builder()
            .put("semantic_hash.inference.timeout", "1s")
            .put("cluster.routing.allocation.enable", "none"));
    for (String node : internalCluster().nodesInclude(ModelIndex.INDEX)) {
      internalCluster().stopNode(node);
    }
    String node = internalCluster().getNodeNames()[0];
    for (String id : List.of("news", "no-such-model")) {
      PlainActionFuture<HashedText> hashed = new PlainActionFuture<>();
      ModelCache models = internalCluster().getInstance(ModelCache.class, node);
      models.hash(new ModelId(id), "word07", hashed);
      ElasticsearchStatusException e =
          expectThrows(ElasticsearchStatusException.class, hashed::actionGet);
      assertThat(e.status(), equalTo(RestStatus.SERVICE_UNAVAILABLE));
      assertThat(
          e.getMessage(),
          containsString(
              "model ["
                  + id
                  + "] cannot be looked for: index [.semantic-hash-models-1] is not available: "));
    }
    updateClusterSettings(
        Settings.builder()
            .putNull("semantic_hash.inference.timeout")
            .putNull("cluster.routing.allocation.enable"));
  }

  public void testAModelSurvivesItsPrimary() throws Exception {
    byte[] file = TestModel.file(64, 1);
    put(file, false);
    ensureGreen(ModelIndex.INDEX);
    internalCluster().stopNode(internalCluster().getNodeNameThat(this::holdsThePrimary));
    String fresh = internalCluster().startNode();
    assertThat(codeOn(fresh), equalTo(expected(file)));
    assertThat(codes(), everyItem(equalTo(expected(file))));
    internalCluster().fullRestart(new InternalTestCluster.RestartCallback());
    assertThat(codes(), everyItem(equalTo(expected(file))));
  }

  private boolean holdsThePrimary(Settings settings) {
    ShardId shard = new ShardId(resolveIndex(ModelIndex.INDEX), 0);
    String primary =
        internalCluster()
            .clusterService()
            .state()
            .getRoutingNodes()
            .activePrimary(shard)
            .currentNodeId();
    String name = internalCluster().clusterService().state().nodes().get(primary).getName();
    return name.equals(settings.get("node.name"));
  }
}
