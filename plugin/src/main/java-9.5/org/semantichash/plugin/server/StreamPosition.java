// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import org.elasticsearch.common.io.stream.StreamOutput;

/** How many bytes were written to a stream; -1 when it cannot say. */
public final class StreamPosition {

  private StreamPosition() {}

  public static long of(StreamOutput out) {
    return out.position();
  }
}
