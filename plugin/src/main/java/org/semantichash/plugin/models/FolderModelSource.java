// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.semantichash.plugin.models.ModelSource.ModelFile;

/**
 * Models as files {@code <id>.onnx} in the folder {@value #NAME} of the node's config directory.
 * Links are followed as long as they end inside the folder, so that a mounted volume works.
 */
public final class FolderModelSource implements ModelSource {

  /** The name of the folder. */
  public static final String NAME = "semantic-hash";

  private static final String EXTENSION = ".onnx";

  private final Path folder;
  private final String node;
  private final Supplier<ByteSizeValue> maxSize;
  private final Executor executor;

  /**
   * The folder of a node.
   *
   * @param config the node's config directory
   * @param node the node's name, for messages
   * @param maxSize the largest file that is read, which may change
   * @param executor where files are read
   */
  public FolderModelSource(
      Path config, String node, Supplier<ByteSizeValue> maxSize, Executor executor) {
    this.folder = config.resolve(NAME);
    this.node = node;
    this.maxSize = maxSize;
    this.executor = executor;
  }

  @Override
  public void find(ModelId id, ActionListener<ModelFile> listener) {
    executor.execute(ActionRunnable.supply(listener, () -> find(id)));
  }

  private ModelFile find(ModelId id) throws IOException {
    // The rule for ids leaves no way to name a file outside the folder.
    Path file = folder.resolve(id + EXTENSION);
    if (Files.isRegularFile(file) == false) {
      throw new ResourceNotFoundException(
          "model [{}] not found: it is not in the cluster, and node [{}] has no file [{}] in its"
              + " config directory",
          id,
          node,
          shown(id));
    }
    if (file.toRealPath().startsWith(folder.toRealPath()) == false) {
      throw new IllegalArgumentException(
          "file [" + shown(id) + "] must not be a link that leads out of its folder");
    }
    long size = Files.size(file);
    if (size > maxSize.get().getBytes()) {
      throw new IllegalArgumentException(
          "file ["
              + shown(id)
              + "] must have at most ["
              + maxSize.get()
              + "] (setting ["
              + ModelSettings.MAX_SIZE.getKey()
              + "]), got ["
              + ByteSizeValue.ofBytes(size)
              + "]");
    }
    return file(file, size);
  }

  private ModelFile file(Path path, long size) {
    return new ModelFile() {
      @Override
      public Location place() {
        return Location.FOLDER;
      }

      @Override
      public long length() {
        return size;
      }

      @Override
      public void read(Runnable stillWanted, ActionListener<byte[]> listener) {
        ModelFile.readOn(executor, () -> Files.readAllBytes(path), stillWanted, listener);
      }
    };
  }

  private static String shown(ModelId id) {
    return NAME + "/" + id + EXTENSION;
  }
}
