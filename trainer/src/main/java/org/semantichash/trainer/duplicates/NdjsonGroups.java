// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.trainer.duplicates;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON line a group, as the cluster tells groups; the kept document is the first one. */
final class NdjsonGroups implements GroupExport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Writer writer;

  NdjsonGroups(Writer writer) {
    this.writer = writer;
  }

  @Override
  public void write(DuplicateGroup group) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("size", group.size());
    line.put("diameter", group.diameter());
    line.put("capped", group.capped());
    line.put("keep", group.kept().id());
    line.put("documents", group.members().stream().map(NdjsonGroups::document).toList());
    try {
      writer.write(JSON.writeValueAsString(line) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> document(GroupMember member) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("_index", member.index());
    document.put("_id", member.id());
    document.put("distance", member.distance());
    return document;
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
