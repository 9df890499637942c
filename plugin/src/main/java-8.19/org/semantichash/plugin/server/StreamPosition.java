// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import java.io.IOException;
import org.elasticsearch.common.io.stream.CountingStreamOutput;
import org.elasticsearch.common.io.stream.StreamOutput;

/** How many bytes were written to a stream; -1 when it cannot say, as one that compresses. */
public final class StreamPosition {

  private StreamPosition() {}

  public static long of(StreamOutput out) throws IOException {
    if (out instanceof CountingStreamOutput counted) {
      return counted.size();
    }
    try {
      return out.position();
    } catch (UnsupportedOperationException e) {
      return -1;
    }
  }
}
