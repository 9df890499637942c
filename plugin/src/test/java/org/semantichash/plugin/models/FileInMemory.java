// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.models;

import org.elasticsearch.action.ActionListener;
import org.semantichash.plugin.models.ModelSource.ModelFile;

/** A model's file that needs no reading. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FileInMemory(byte[] bytes, Location place, String digest, Runnable onRead)
    implements ModelFile {

  /** A file whose digest nobody knows before it is read. */
  FileInMemory(byte[] bytes, Location place) {
    this(bytes, place, null, () -> {});
  }

  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void read(Runnable stillWanted, ActionListener<byte[]> listener) {
    stillWanted.run();
    onRead.run();
    listener.onResponse(bytes);
  }
}
