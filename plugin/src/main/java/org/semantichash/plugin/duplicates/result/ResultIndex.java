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
package org.semantichash.plugin.duplicates.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.elasticsearch.Build;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.indices.SystemIndexDescriptor;
import org.semantichash.plugin.store.ModelIndex;

/** The system index that holds what searches of near-duplicates have found. */
public final class ResultIndex {

  /** What all requests name; it points to the one index behind it. */
  public static final String ALIAS = ".semantic-hash-duplicates";

  private static final String INDEX = ALIAS + "-1";
  private static final String MAPPING = "result-index.json";

  private ResultIndex() {}

  /** How a node creates and guards the index. */
  public static SystemIndexDescriptor descriptor() {
    return SystemIndexDescriptor.builder()
        .setIndexPattern(ALIAS + "-*")
        .setPrimaryIndex(INDEX)
        .setAliasName(ALIAS)
        .setDescription("Near-duplicates found by the semantic-hash plugin")
        .setOrigin(ModelIndex.ORIGIN)
        .setMappings(mapping())
        .setSettings(
            Settings.builder()
                .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, 1)
                .put(IndexMetadata.SETTING_AUTO_EXPAND_REPLICAS, "0-1")
                .put(IndexMetadata.SETTING_INDEX_HIDDEN, true)
                .build())
        .setNetNew()
        .build();
  }

  private static String mapping() {
    try (InputStream in = ResultIndex.class.getResourceAsStream(MAPPING)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${elasticsearch.version}", Build.current().version());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
