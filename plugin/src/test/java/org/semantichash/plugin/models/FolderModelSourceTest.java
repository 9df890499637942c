// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.rest.RestStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.semantichash.plugin.models.ModelSource.ModelFile;

class FolderModelSourceTest {

  private static final byte[] BYTES = {1, 2, 3};

  @TempDir private Path config;
  private Path models;
  private FolderModelSource folder;

  /** As a node does before anything else: the exceptions' class needs it. */
  @BeforeAll
  static void configureLogging() {
    LogConfigurator.configureESLogging();
  }

  @BeforeEach
  void createFolder() throws Exception {
    models = Files.createDirectory(config.resolve("semantic-hash"));
    folder =
        new FolderModelSource(config, "node-1", () -> ByteSizeValue.ofBytes(10), Runnable::run);
  }

  private byte[] read(String id) {
    PlainActionFuture<ModelFile> found = new PlainActionFuture<>();
    folder.find(new ModelId(id), found);
    ModelFile file = found.actionGet();
    PlainActionFuture<byte[]> bytes = new PlainActionFuture<>();
    file.read(() -> {}, bytes);
    assertEquals(bytes.actionGet().length, file.length());
    return bytes.actionGet();
  }

  @Test
  void readsTheFile() throws Exception {
    Files.write(models.resolve("news.v1.onnx"), BYTES);
    assertArrayEquals(BYTES, read("news.v1"));
  }

  @Test
  void saysWhereItLooked() throws Exception {
    Files.createDirectory(models.resolve("folder.onnx"));
    for (String id : new String[] {"news", "folder"}) {
      ResourceNotFoundException e = assertThrows(ResourceNotFoundException.class, () -> read(id));
      assertEquals(
          "model ["
              + id
              + "] not found: it is not in the cluster, and node [node-1] has no file [semantic-hash/"
              + id
              + ".onnx] in its config directory",
          e.getMessage());
      assertEquals(RestStatus.NOT_FOUND, e.status());
    }
  }

  @Test
  void aMissingFolderIsAMissingFile() throws Exception {
    Files.delete(models);
    assertThrows(ResourceNotFoundException.class, () -> read("news"));
  }

  @Test
  void seesAFileThatWasPutLater() throws Exception {
    assertThrows(ResourceNotFoundException.class, () -> read("news"));
    Files.write(models.resolve("news.onnx"), BYTES);
    assertArrayEquals(BYTES, read("news"));
  }

  @Test
  void refusesALinkThatLeadsOut() throws Exception {
    Path outside = Files.write(config.resolve("secret.onnx"), BYTES);
    Files.createSymbolicLink(models.resolve("news.onnx"), outside);
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> read("news"));
    assertEquals(
        "file [semantic-hash/news.onnx] must not be a link that leads out of its folder",
        e.getMessage());
  }

  @Test
  void followsALinkThatStaysInside() throws Exception {
    Path version = Files.createDirectory(models.resolve("..2026"));
    Files.write(version.resolve("news.onnx"), BYTES);
    Files.createSymbolicLink(models.resolve("..data"), version);
    Files.createSymbolicLink(models.resolve("news.onnx"), Path.of("..data", "news.onnx"));
    assertArrayEquals(BYTES, read("news"));
  }

  @Test
  void theFolderMayBeALink() throws Exception {
    Path mounted = Files.createDirectory(config.resolve("mounted"));
    Files.write(mounted.resolve("news.onnx"), BYTES);
    Files.delete(models);
    Files.createSymbolicLink(models, mounted);
    assertArrayEquals(BYTES, read("news"));
  }

  @Test
  void refusesAFileThatIsTooLarge() throws Exception {
    Files.write(models.resolve("fits.onnx"), new byte[10]);
    assertEquals(10, read("fits").length);
    Files.write(models.resolve("large.onnx"), new byte[11]);
    Exception e = assertThrows(Exception.class, () -> read("large"));
    assertInstanceOf(IllegalArgumentException.class, e);
    assertEquals(
        "file [semantic-hash/large.onnx] must have at most [10b] (setting"
            + " [semantic_hash.model.max_size]), got [11b]",
        e.getMessage());
  }
}
