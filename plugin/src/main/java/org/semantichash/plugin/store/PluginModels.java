// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRunnable;
import org.elasticsearch.transport.Transports;
import org.semantichash.encoder.BuiltInModel;
import org.semantichash.encoder.EncoderModel;
import org.semantichash.plugin.models.ModelId;
import org.semantichash.plugin.models.ModelSource.ModelFile;

/**
 * The models that come with the plugin, described as those of the cluster are. All nodes with the
 * same plugin have the same ones; a node with another plugin may have another file of a name, whose
 * codes the digest in their stamp then keeps apart.
 */
final class PluginModels {

  /** Each is read once to be described; its file does not stay in memory. */
  private static final Map<BuiltInModel, StoredModel> DESCRIBED = new ConcurrentHashMap<>();

  private PluginModels() {}

  /** All of them, by name. */
  static List<StoredModel> all() {
    return BuiltInModel.all().stream().map(PluginModels::describe).toList();
  }

  /** The one of this name, if this node's plugin has it. */
  static Optional<StoredModel> find(ModelId id) {
    return BuiltInModel.of(id.value()).map(PluginModels::describe);
  }

  private static StoredModel describe(BuiltInModel model) {
    return DESCRIBED.computeIfAbsent(model, PluginModels::read);
  }

  private static StoredModel read(BuiltInModel model) {
    assert Transports.assertNotTransportThread("it reads a model");
    byte[] file = model.file();
    StoredFile stored =
        new StoredFile("", model.digest(), file.length, ModelFileChunks.count(file.length));
    return StoredModel.of(new ModelId(model.name()), stored, 0, EncoderModel.read(file));
  }

  /**
   * The file of one that {@link #find} found.
   *
   * @param executor where it is read
   */
  static ModelFile file(StoredModel model, Executor executor) {
    BuiltInModel builtIn = BuiltInModel.of(model.id().value()).orElseThrow();
    return new ModelFile() {
      @Override
      public Location place() {
        return Location.PLUGIN;
      }

      @Override
      public String digest() {
        return builtIn.digest();
      }

      @Override
      public long length() {
        return model.file().length();
      }

      @Override
      public void read(Runnable stillWanted, ActionListener<byte[]> listener) {
        executor.execute(
            ActionRunnable.supply(
                listener,
                () -> {
                  stillWanted.run();
                  return builtIn.file();
                }));
      }
    };
  }
}
