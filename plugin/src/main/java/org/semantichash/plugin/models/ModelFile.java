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
