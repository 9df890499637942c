// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.trainer.cluster.HttpCluster.Authority;

class ModelUploadTest {

  private static final ModelName NEWS = new ModelName("news");
  private static final int WHOLE = 10;
  private static final int PART = 7;
  private static final ModelUpload.Transfer TRANSFER =
      new ModelUpload.Transfer(WHOLE, PART, new Retry(5, 1, 16, () -> false));

  private static byte[] file(int length) {
    byte[] file = new byte[length];
    new SplittableRandom(length).nextBytes(file);
    return file;
  }

  private static String put(FakeCluster fake, byte[] file, boolean replace) {
    return new ModelUpload(fake, NEWS, (bytes, total) -> {}, TRANSFER)
        .put(file, FakeCluster.sha256(file), replace);
  }

  @Test
  void everyLengthArrivesAsItIs() {
    for (int length = 1; length <= 30; length++) {
      {
        FakeCluster fake = new FakeCluster();
        byte[] file = file(length);
        assertEquals("created", put(fake, file, false));
        assertArrayEquals(file, fake.stored);
        long parts = fake.requests.stream().filter(r -> r.contains("definition/")).count();
        assertEquals(length <= WHOLE ? 0 : Math.ceilDiv(length, PART), parts);
      }
    }
  }

  @Test
  void sendsOnlyThePartsThatAreMissing() {
    byte[] file = file(40);
    for (int cut = 1; cut < 6; cut++) {
      String last = "PUT _semantic_hash/models/news/definition/" + cut;
      {
        FakeCluster fake = new FakeCluster();
        fake.fails = request -> request.equals(last);
        ClusterException e = assertThrows(ClusterException.class, () -> put(fake, file, false));
        assertEquals("not now", e.getMessage());
        fake.requests.clear();
        fake.fails = request -> false;
        assertEquals("created", put(fake, file, false));
        assertArrayEquals(file, fake.stored);
        long sent = fake.requests.stream().filter(r -> r.contains("definition/")).count();
        assertEquals(6 - cut, sent);
      }
    }
  }

  @Test
  void triesAgainWhatABusyClusterDidNotDo() {
    byte[] file = file(20);
    {
      FakeCluster fake = new FakeCluster();
      fake.fails =
          request ->
              request.contains("definition/1")
                  && fake.requests.stream().filter(request::equals).count() == 1;
      assertEquals("created", put(fake, file, false));
      assertArrayEquals(file, fake.stored);
    }
  }

  @Test
  void theSameFileIsNotSentAndAnotherOnlyOnDemand() {
    {
      FakeCluster fake = new FakeCluster();
      put(fake, file(8), false);
      fake.requests.clear();
      assertEquals("unchanged", put(fake, file(8), false));
      ClusterException e = assertThrows(ClusterException.class, () -> put(fake, file(9), false));
      assertTrue(e.getMessage().contains("--replace"), e.getMessage());
      assertTrue(fake.requests.stream().noneMatch(r -> r.startsWith("PUT")));
      put(fake, file(9), true);
      assertArrayEquals(file(9), fake.stored);
    }
  }

  @Test
  void tellsHowFarItIs() {
    List<Long> heard = new ArrayList<>();
    {
      FakeCluster fake = new FakeCluster();
      byte[] file = file(20);
      new ModelUpload(fake, NEWS, (bytes, total) -> heard.add(bytes), TRANSFER)
          .put(file, FakeCluster.sha256(file), false);
    }
    assertEquals(List.of(7L, 14L, 20L), heard);
  }

  @Test
  void credentialsAreWhatElasticsearchWants() {
    assertEquals(Optional.of("Basic YTpiOmM="), Credentials.user("a:b:c").header());
    assertEquals(Optional.of("ApiKey abc"), Credentials.apiKey("abc").header());
    assertThrows(IllegalArgumentException.class, () -> Credentials.user("nobody"));
    assertFalse(Credentials.user("a:secret").toString().contains("secret"));
  }

  @Test
  void namesWhatIsWrong(@TempDir Path folder) throws Exception {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new HttpCluster(URI.create("localhost:9200"), Credentials.NONE, Optional.empty()));
    assertEquals("[url] must be like https://localhost:9200, got [localhost:9200]", e.getMessage());
    Path none = Files.createFile(folder.resolve("ca.crt"));
    e = assertThrows(IllegalArgumentException.class, () -> Authority.trust(none));
    assertTrue(e.getMessage().contains("ca.crt"), e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> ModelName.of(Path.of("News.onnx")));
    assertTrue(e.getMessage().contains("got [News]"), e.getMessage());
    assertEquals("news.v1", ModelName.of(Path.of("a", "news.v1.onnx")).value());
    try (HttpCluster nobody =
        new HttpCluster(URI.create("http://127.0.0.1:1"), Credentials.NONE, Optional.empty())) {
      ClusterException refused =
          assertThrows(ClusterException.class, () -> new ClusterModels(nobody).list());
      assertTrue(refused.getMessage().startsWith("no answer from [http://127.0.0.1:1]"));
    }
  }
}
