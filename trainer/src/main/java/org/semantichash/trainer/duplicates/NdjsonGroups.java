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
