// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.Locale;
import java.util.function.Consumer;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.rest.RestStatus;

/** Where the files of models come from. */
@FunctionalInterface
public interface ModelSource {

  /**
   * Finds the file of a model, without blocking the caller.
   *
   * @param id the model
   * @param listener gets the file, or the reason why there is none: a {@link
   *     org.elasticsearch.ResourceNotFoundException} that says where the model was looked for when
   *     it does not exist; it may be called on any thread
   */
  void find(ModelId id, ActionListener<ModelFile> listener);

  /**
   * As {@link #find(ModelId, ActionListener)}.
   *
   * @param obstacle hears what keeps the search from its end, each time that it is tried again
   */
  default void find(ModelId id, Consumer<Exception> obstacle, ActionListener<ModelFile> listener) {
    find(id, listener);
  }

  /**
   * Tells whether {@link #find} would still give the file that a model was loaded from.
   *
   * @param listener gets false when the model was replaced or deleted
   */
  default void isCurrent(LoadedModel model, ActionListener<Boolean> listener) {
    listener.onResponse(true);
  }

  /** A model's file that has been found but not read. */
  public interface ModelFile {

    /** Where models lie. */
    enum Location {
      /** In the cluster's system index. */
      CLUSTER,
      /** In the config directory of the node. */
      FOLDER,
      /** In the plugin itself. */
      PLUGIN;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /** Where it lies. */
    Location place();

    /** The SHA-256 of its bytes, in hexadecimal; null when it is known only once it is read. */
    default String digest() {
      return null;
    }

    /** The number of its bytes. */
    long length();

    /**
     * Reads the whole file, without blocking the caller.
     *
     * @param stillWanted throws when nobody wants the file any more; called before each part
     * @param listener gets the bytes, or what stillWanted threw; it may be called on any thread
     */
    void read(Runnable stillWanted, ActionListener<byte[]> listener);
  }

  /** A model was replaced or deleted while its file was being read: look for it again. */
  public static final class ModelChangedException extends ElasticsearchStatusException {

    private static final long serialVersionUID = 1L;

    /** The model, and what went wrong with its file. */
    public ModelChangedException(ModelId id, Exception cause) {
      super(
          "model [{}] was changed while it was being read",
          RestStatus.SERVICE_UNAVAILABLE,
          cause,
          id);
    }
  }
}
