// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.elasticsearch.Build;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.indices.SystemIndexDescriptor;
import org.semantichash.plugin.server.ClusterIndices;

/** The system index that holds the models. */
public final class ModelIndex {

  /** What all requests name; it points to the one index behind it. */
  public static final String ALIAS = ".semantic-hash-models";

  /** The index behind the alias. */
  public static final String INDEX = ALIAS + "-1";

  /**
   * Whom the plugin acts as on the index, so that a user who hashes needs no right on it. An origin
   * of the plugin's own would be refused: security knows a fixed list.
   */
  public static final String ORIGIN = "stack";

  private static final String MAPPING = "model-index.json";

  private ModelIndex() {}

  /** How a node creates and guards the index. */
  public static SystemIndexDescriptor descriptor() {
    return ClusterIndices.systemIndex()
        .setIndexPattern(ALIAS + "-*")
        .setPrimaryIndex(INDEX)
        .setAliasName(ALIAS)
        .setDescription("Models of the semantic-hash plugin")
        .setOrigin(ORIGIN)
        .setMappings(mapping())
        .setSettings(settings())
        .setNetNew()
        .build();
  }

  private static Settings settings() {
    return Settings.builder()
        .put(IndexMetadata.SETTING_NUMBER_OF_SHARDS, 1)
        .put(IndexMetadata.SETTING_AUTO_EXPAND_REPLICAS, "0-1")
        .put(IndexMetadata.SETTING_PRIORITY, 100)
        .put(IndexMetadata.SETTING_INDEX_HIDDEN, true)
        .build();
  }

  private static String mapping() {
    try (InputStream in = ModelIndex.class.getResourceAsStream(MAPPING)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${elasticsearch.version}", Build.current().version());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
