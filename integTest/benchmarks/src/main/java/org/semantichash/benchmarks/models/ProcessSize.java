// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.benchmarks.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.semantichash.it.http.Http;

/**
 * What a node's process holds.
 *
 * @param residentBytes memory, as the kernel counts it
 * @param openFiles file descriptors
 */
record ProcessSize(long residentBytes, long openFiles) {

  /** Of the only node of a cluster. */
  static ProcessSize of(Http http) throws IOException {
    long pid = node(http, "/_nodes/process").path("process").path("id").asLong();
    JsonNode process = node(http, "/_nodes/stats/process").path("process");
    return new ProcessSize(resident(pid), process.path("open_file_descriptors").asLong());
  }

  private static JsonNode node(Http http, String path) throws IOException {
    return http.get(path).ok().body().path("nodes").elements().next();
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
