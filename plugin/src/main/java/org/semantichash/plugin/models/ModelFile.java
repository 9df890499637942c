// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import java.util.Locale;
import org.elasticsearch.action.ActionListener;

/** A model's file that has been found but not read. */
public interface ModelFile {

  /** Where models lie. */
  enum Place {
    /** In the cluster's system index. */
    CLUSTER,
    /** In the config directory of the node. */
    FOLDER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where it lies. */
  Place place();

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
