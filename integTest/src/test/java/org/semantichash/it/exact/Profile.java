// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.it.exact;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semantichash.it.oracle.Hits;

/**
 * A search, and the ways that its segments were searched.
 *
 * @param paths of all segments of all shards, as the profile names them
 */
record Profile(Hits hits, Set<String> paths) {

  private static final Pattern SEGMENTS = Pattern.compile("segments=\\{([^}]*)}");
  private static final Pattern WAY = Pattern.compile("(\\w+)=\\d+");

  static Profile of(CodeIndex index, Map<String, Object> body) throws IOException {
    body.put("profile", true);
    var reply = index.ask(body);
    Set<String> paths = new TreeSet<>();
    Matcher segments = SEGMENTS.matcher(reply.body().path("profile").toString());
    while (segments.find()) {
      Matcher way = WAY.matcher(segments.group(1));
      while (way.find()) {
        paths.add(way.group(1));
      }
    }
    return new Profile(Hits.of(reply), paths);
  }
}
