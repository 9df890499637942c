// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.elasticsearch.Build;
import org.elasticsearch.cluster.metadata.IndexMetadata;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.indices.SystemIndexDescriptor;
import org.semantichash.plugin.server.ClusterIndices;
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
    return ClusterIndices.systemIndex()
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
