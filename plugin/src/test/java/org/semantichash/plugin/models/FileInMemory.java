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
package org.semantichash.plugin.models;

import org.elasticsearch.action.ActionListener;

/** A model's file that needs no reading. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FileInMemory(byte[] bytes, Place place, String digest, Runnable onRead)
    implements ModelFile {

  /** A file whose digest nobody knows before it is read. */
  FileInMemory(byte[] bytes, Place place) {
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
