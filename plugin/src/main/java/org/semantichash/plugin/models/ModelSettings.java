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

import java.util.List;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.unit.ByteSizeValue;

/** The node settings about models. */
public final class ModelSettings {

  /**
   * The largest model file that is read, as bytes or as a share of the heap, because a file passes
   * through the heap on its way to ONNX Runtime.
   */
  public static final Setting<ByteSizeValue> MAX_SIZE =
      Setting.memorySizeSetting("semantic_hash.model.max_size", "20%", Setting.Property.NodeScope);

  private ModelSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return List.of(MAX_SIZE);
  }
}
