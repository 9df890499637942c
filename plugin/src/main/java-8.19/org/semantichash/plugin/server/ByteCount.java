// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.server;

import org.elasticsearch.common.io.stream.CountingStreamOutput;

/** Keeps nothing of what is written but how much it was: its position. */
public final class ByteCount extends CountingStreamOutput {

  @Override
  public long position() {
    return size();
  }
}
