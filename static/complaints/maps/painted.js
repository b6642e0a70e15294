// A canvas that paints all it holds anew for each view: `methods.paint` is called after it was moved and cleared.
// The margin, which is seen while one pans, is left out until the first move: a slow phone has less to draw at the start.

const SLIVER = 0.02; // of the width, so that no edge of the canvas is seen

export function paintedLayer(L, { pane, margin }, methods) {
  const Painted = L.Canvas.extend({
    onAdd(map) {
      L.Canvas.prototype.onAdd.call(this, map);
      map.once("movestart", this.widen, this);
    },

    onRemove(map) {
      map.off("movestart", this.widen, this);
      L.Canvas.prototype.onRemove.call(this, map);
    },

    widen() {
      this.options.padding = margin;
      this._update();
    },

    // After a jump L.Canvas would clear what is painted, to draw the layers it does not have.
    _updatePaths() {},

    // L.Canvas calls this; its own kind of layers are never added to this renderer.
    _update() {
      L.Canvas.prototype._update.call(this);
      if (this._map && this._bounds) this.paint();
    },
    ...methods,
  });
  return new Painted({ pane, padding: SLIVER });
}
