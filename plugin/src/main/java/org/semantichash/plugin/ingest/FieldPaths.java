// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.ingest;

import org.elasticsearch.index.mapper.SourceFieldMapper;
import org.elasticsearch.ingest.ConfigurationUtils;
import org.elasticsearch.ingest.IngestDocument;

/**
 * What a processor reads and what it writes, as its pipeline names them. A pipeline that would lose
 * something of each document is refused: a target that is, or holds, what is read; and the id, the
 * index or other metadata as the target, whose change makes documents replace each other.
 *
 * @param source the field that is read
 * @param target the field that is written, or removed
 */
record FieldPaths(String source, String target) {

  static final String SOURCE = "field";
  static final String TARGET = "target_field";

  private static final String PREFIX = SourceFieldMapper.NAME + ".";

  /**
   * Checks them.
   *
   * @param type of the processor
   * @param tag of the processor, for errors
   * @throws org.elasticsearch.ElasticsearchParseException when documents would lose something
   */
  FieldPaths checked(String type, String tag) {
    requireName(type, tag, SOURCE, source);
    requireName(type, tag, TARGET, target);
    String read = path(source);
    String written = path(target);
    if (written.equals(read)) {
      throw ConfigurationUtils.newConfigurationException(
          type, tag, TARGET, "must be another field than [field], got [" + target + "] for both");
    }
    if (read.startsWith(written + ".")) {
      throw ConfigurationUtils.newConfigurationException(
          type,
          tag,
          TARGET,
          "must not hold [field] [" + source + "], which would be lost, got [" + target + "]");
    }
    if (IngestDocument.Metadata.isMetadata(written.split("\\.", 2)[0])) {
      throw ConfigurationUtils.newConfigurationException(
          type,
          tag,
          TARGET,
          "must be a field of the document's source, got metadata [" + target + "]");
    }
    return this;
  }

  /** Checks that there is a name. */
  static void requireName(String type, String tag, String property, String name) {
    if (path(name).isBlank()) {
      throw ConfigurationUtils.newConfigurationException(
          type, tag, property, "must name a field, got [" + name + "]");
    }
  }

  /** A field may be named with the prefix that scripts need. */
  private static String path(String field) {
    return field.startsWith(PREFIX) ? field.substring(PREFIX.length()) : field;
  }
}
